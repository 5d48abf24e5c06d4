// The controls, and what is wrong with a value at the field that it stands in.

import { fresh, h } from "./dom.js";

function shown(say, value, control) {
  if (typeof value === "string") return value;
  const digits = Math.max(0, -Math.floor(Math.log10(control.step) + 1e-9));
  return say.field(Number(Number(value).toFixed(Math.max(digits, String(value).length > 8 ? digits : 6))));
}

// A value with its unit.
export function worded(say, control, value) {
  if (typeof value === "boolean") return say(value ? "view-on" : "view-off");
  const text = typeof value === "number" ? say.field(value) : value;
  return control.unit ? say("view-in-days", { value: text }) : text;
}

function about(say, control) {
  const rows = [["view-scenario-says", say.english(control.written)], ["view-what-it-is", say.english(control.about)],
    ["view-source", say.authors(control.source)], ["view-rests-on", say.english(control.basis)],
    ["view-note", say.authors(control.note)], ["view-key", say.english(control.path)]].filter(([, text]) => text);
  return h("details", { class: "about" }, h("summary", { text: say("view-from-where"), "aria-label": say("view-from-where-of", { label: control.label }) }),
    h("dl", null, ...rows.flatMap(([key, text]) => [h("dt", { text: say(key) }), h("dd", null, text)])));
}

// `moved` is told a path, a value (undefined: as written) and whether the hand has let go.
function made(say, control, moved) {
  const id = fresh("control"), wrong = h("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const unit = control.unit ? say("view-days") : "";
  const back = h("button", { type: "button", class: "back", text: say("view-as-written"), "aria-label": say("view-as-written-of", { label: control.label }), hidden: true, onclick: () => moved(control.path, undefined, true) });
  const state = h("span", { class: "state" });
  const head = h("div", { class: "head" }, h("label", { for: id, text: control.label }), state, back);
  let parts, put;
  if (control.kind === "switch") {
    const tick = h("input", { id, type: "checkbox", role: "switch", "aria-describedby": wrong.id, onchange: () => moved(control.path, tick.checked, true) });
    parts = h("div", { class: "row" }, tick);
    put = (value) => { tick.checked = Boolean(value); };
  } else {
    const slide = h("input", { id, type: "range", min: control.low, max: control.high, step: "any", "aria-describedby": wrong.id,
      oninput: () => { const value = snapped(); field.value = shown(say, value, control); moved(control.path, value, false); },
      onchange: () => moved(control.path, snapped(), true), onkeydown: (event) => step(event) });
    const field = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "number", dir: say.rtl && "ltr", "aria-label": unit ? say("view-field-in", { label: control.label, unit }) : control.label, "aria-describedby": wrong.id,
      onchange: () => { const text = field.value.trim(); moved(control.path, text === "" ? undefined : say.read(text), true); } });
    const snapped = () => Number(Math.min(Math.max(Math.round(slide.value / control.step) * control.step, control.low), control.high).toPrecision(6));
    const step = (event) => {
      const ahead = say.rtl ? -1 : 1; // a slider goes as the page does
      const sign = { ArrowRight: ahead, ArrowUp: 1, ArrowLeft: -ahead, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (!sign) return;
      event.preventDefault();
      slide.value = snapped() + sign * control.step;
      slide.dispatchEvent(new Event("input", { bubbles: true }));
      slide.dispatchEvent(new Event("change", { bubbles: true }));
    };
    parts = h("div", { class: "row" }, slide, field, h("span", { class: "unit", text: unit }));
    put = (value) => {
      if (Number.isFinite(Number(value))) slide.value = value;
      slide.setAttribute("aria-valuetext", worded(say, control, value));
      if (document.activeElement !== field || field.ddText !== field.value) field.value = shown(say, value, control);
    };
  }
  const node = h("div", { class: "control", "data-path": control.path }, head, parts, wrong, about(say, control));
  return {
    node,
    show(setting) {
      const held = control.path in setting;
      put(held ? setting[control.path] : control.value);
      back.hidden = !held;
      node.classList.toggle("held", held);
      state.textContent = control.sampled ? say(held ? "view-held" : "view-sampled") : "";
    },
    tell(problems) {
      wrong.replaceChildren(...(problems.length ? [say.english(problems.map((one) => `${one.what}: ${one.remedy}`).join(" "))] : []));
      for (const field of node.querySelectorAll(".number, [role=switch]")) {
        if (problems.length) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    },
  };
}

// What somebody decides, and not what nobody knows: how long a phase takes stands in the plan.
export function isDecided(path) {
  return path.startsWith("plan.") && !path.includes("duration_ratio");
}

// `all`: whether every group is unfolded, or the first alone, where there is little room.
export function panel(say, controls, moved, all) {
  const each = controls.map((control) => made(say, control, moved));
  const node = h("div", { class: "controls" }, ...each.map((one) => one.node));
  const groups = [[say("view-decided"), true], [say("view-unknown"), false]].map(([title, decided]) => {
    const mine = each.filter((_, k) => isDecided(controls[k].path) === decided);
    return mine.length ? h("details", { class: "group" }, h("summary", { text: title }),
      h("div", { role: "group", "aria-label": title }, ...mine.map((one) => one.node))) : null;
  }).filter(Boolean);
  groups.forEach((group, k) => { group.open = all || k === 0; });
  node.replaceChildren(...groups);
  return {
    node,
    show: (setting) => each.forEach((one) => one.show(setting)),
    // Problems that belong to no field are given back.
    tell(problems) {
      const left = new Set(problems);
      each.forEach((one, k) => {
        const mine = problems.filter((problem) => problem.path && (problem.path === controls[k].path || controls[k].path.startsWith(`${problem.path}.`)));
        mine.forEach((problem) => left.delete(problem));
        one.tell(mine);
        if (mine.length) one.node.closest("details").open = true;
      });
      return [...left];
    },
  };
}
