// The controls, and what is wrong with a value at the field that it stands in.

import { fresh, h } from "./dom.js";

function shown(value, control) {
  if (typeof value === "string") return value;
  const digits = Math.max(0, -Math.floor(Math.log10(control.step) + 1e-9));
  return String(Number(Number(value).toFixed(Math.max(digits, String(value).length > 8 ? digits : 6))));
}

function about(control) {
  const rows = [["the scenario says", control.written], ["what it is", control.about], ["source", control.source],
    ["rests on", control.basis], ["note", control.note], ["key", control.path]].filter(([, text]) => text);
  return h("details", { class: "about" }, h("summary", { text: "Where it comes from", "aria-label": `Where ${control.label} comes from` }),
    h("dl", null, ...rows.flatMap(([name, text]) => [h("dt", { text: name }), h("dd", { text })])));
}

// `moved` is told a path, a value (undefined: as written) and whether the hand has let go.
function made(control, moved) {
  const id = fresh("control"), wrong = h("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const back = h("button", { type: "button", class: "back", text: "as written", "aria-label": `${control.label}: as written`, hidden: true, onclick: () => moved(control.path, undefined, true) });
  const state = h("span", { class: "state" });
  const head = h("div", { class: "head" }, h("label", { for: id, text: control.label }), state, back);
  let parts, put;
  if (control.kind === "switch") {
    const tick = h("input", { id, type: "checkbox", role: "switch", "aria-describedby": wrong.id, onchange: () => moved(control.path, tick.checked, true) });
    parts = h("div", { class: "row" }, tick);
    put = (value) => { tick.checked = Boolean(value); };
  } else {
    const slide = h("input", { id, type: "range", min: control.low, max: control.high, step: "any", "aria-describedby": wrong.id,
      oninput: () => { const value = snapped(); field.value = shown(value, control); moved(control.path, value, false); },
      onchange: () => moved(control.path, snapped(), true), onkeydown: (event) => step(event) });
    const field = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "number", "aria-label": `${control.label}${control.unit ? `, in ${control.unit}` : ""}`, "aria-describedby": wrong.id,
      onchange: () => { const text = field.value.trim(); moved(control.path, text === "" ? undefined : Number.isFinite(Number(text)) ? Number(text) : text, true); } });
    const snapped = () => Number(Math.min(Math.max(Math.round(slide.value / control.step) * control.step, control.low), control.high).toPrecision(6));
    const step = (event) => {
      const sign = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (!sign) return;
      event.preventDefault();
      slide.value = snapped() + sign * control.step;
      slide.dispatchEvent(new Event("input", { bubbles: true }));
      slide.dispatchEvent(new Event("change", { bubbles: true }));
    };
    parts = h("div", { class: "row" }, slide, field, h("span", { class: "unit", text: control.unit }));
    put = (value) => {
      if (Number.isFinite(Number(value))) slide.value = value;
      slide.setAttribute("aria-valuetext", `${value} ${control.unit}`.trim());
      if (document.activeElement !== field || field.ddText !== field.value) field.value = shown(value, control);
    };
  }
  const node = h("div", { class: "control", "data-path": control.path }, head, parts, wrong, about(control));
  return {
    node,
    show(setting) {
      const held = control.path in setting;
      put(held ? setting[control.path] : control.value);
      back.hidden = !held;
      node.classList.toggle("held", held);
      state.textContent = control.sampled && !held ? "a range, sampled" : control.sampled ? "held" : "";
    },
    tell(problems) {
      wrong.textContent = problems.map((one) => `${one.what}: ${one.remedy}`).join(" ");
      for (const field of node.querySelectorAll(".number, [role=switch]")) {
        if (problems.length) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    },
  };
}

export function panel(controls, moved) {
  const each = controls.map((control) => made(control, moved));
  const node = h("div", { class: "controls" }, ...each.map((one) => one.node));
  const parts = [["What the plan decides", "plan."], ["What nobody knows", "world."]];
  const groups = parts.map(([title, start]) => {
    const mine = each.filter((_, k) => (controls[k].path.startsWith(start) && !controls[k].path.includes("duration_ratio"))
      || (start === "world." && (controls[k].path.includes("duration_ratio") || !controls[k].path.startsWith("plan."))));
    return mine.length ? h("fieldset", null, h("legend", { text: title }), ...mine.map((one) => one.node)) : null;
  });
  node.replaceChildren(...groups.filter(Boolean));
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
      });
      return [...left];
    },
  };
}
