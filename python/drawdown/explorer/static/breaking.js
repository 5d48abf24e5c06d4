// What would have to be wrong for the plan to fail: a value for each control that turns it.

import { fresh, h, scrolled } from "./dom.js";
import { isDecided } from "./controls.js";

const MEASURES = { on_time: "view-fails-on-time", casualties: "view-fails-casualties" };
const UNITS = { on_time: "view-fails-on-time-unit", casualties: "view-fails-casualties-unit" };

// `ask` promises an answer; `now` gives the setting; `go` is told a path and a value.
export function breaking(say, { ask, now, go }) {
  let found = null, of = "", count = 0, busy = false;
  const measure = h("select", { id: fresh("fails"), onchange: () => { level.value = measure.value === "on_time" ? "50" : ""; look(); } },
    ...Object.entries(MEASURES).map(([name, key]) => h("option", { value: name, text: say(key) })));
  const level = h("input", { type: "text", inputmode: "decimal", class: "number", dir: say.rtl && "ltr", value: "50", autocomplete: "off", onchange: look });
  const unit = h("span", { class: "unit" });
  const said = h("p", { "aria-live": "polite" }), rows = h("div");
  const button = h("button", { type: "button", text: say("view-look-again"), onclick: look });
  const node = h("div", null,
    h("h2", { text: say("view-breaking") }),
    h("p", { class: "small", text: say("view-breaking-note") }),
    h("div", { class: "row wrap" }, h("label", { for: measure.id, text: say("view-fails-if") }), measure, level, unit, button), said, rows);

  function wanted() {
    const text = level.value.trim(), number = text === "" ? null : say.read(text);
    return { measure: measure.value, level: measure.value === "on_time" && typeof number === "number" ? number / 100 : number };
  }

  const key = () => JSON.stringify([now(), wanted()]);

  async function look() {
    name();
    const mine = count += 1, asked = key();
    said.textContent = say("view-looking");
    busy = true;
    rows.replaceChildren();
    const answer = await ask({ ask: "breaking", setting: now(), ...wanted() });
    if (mine !== count) return;
    busy = false;
    if (!answer.rows) {
      said.replaceChildren(...(answer.problems ? [say.english(`${answer.problems[0].what}.`)] : []));
      of = "";
      return;
    }
    if (answer.measure === "casualties") level.value = say.field(answer.level);
    of = key() === asked || answer.measure === "casualties" ? key() : asked;
    found = answer;
    show();
  }

  function name() {
    unit.textContent = say(UNITS[measure.value]);
    level.setAttribute("aria-label", say("view-level", { unit: unit.textContent }));
  }

  function show() {
    said.textContent = found.said;
    const parts = [[say("view-unknown"), false], [say("view-decided"), true]].map(([title, decided]) => {
      const mine = found.rows.filter((row) => isDecided(row.path) === decided);
      return mine.length ? h("div", null, h("h3", { text: title }), scrolled(title, table(title, mine))) : null;
    }).filter(Boolean);
    rows.replaceChildren(...parts);
    if (!parts.length) rows.append(h("p", { text: say(found.holds ? "view-nothing-fails" : "view-nothing-holds") }));
    if (found.without.length) {
      rows.append(h("details", { class: "about" }, h("summary", { text: say("view-others", { count: found.without.length }) }),
        h("ul", null, ...found.without.map((text) => h("li", { text })))));
    }
    rows.append(h("p", { class: "small", text: say("view-breaking-how", { trials: say.field(found.trials) }) }));
  }

  function table(title, mine) {
    const head = ["", say("view-now"), say(found.holds ? "view-fails-at" : "view-holds-at"), say("view-interval"), ""];
    return h("table", null, h("caption", { class: "hidden", text: title }),
      h("thead", null, h("tr", null, ...head.map((text) => (text ? h("th", { scope: "col", text }) : h("td"))))),
      h("tbody", null, ...mine.map((row) => h("tr", null, h("th", { scope: "row", text: row.label }), h("td", { text: row.now }),
        h("td", { text: row.at }), h("td", { text: row.interval }),
        h("td", null, h("button", { type: "button", class: "back", text: say("view-go-there"), "aria-label": say("view-go-to-value", { label: row.label, value: row.at }), onclick: () => go(row.path, row.value) }))))));
  }

  name();
  return {
    node,
    // Looked for when the tab is opened, and not at each move: it takes some seconds.
    opened() { if (of !== key()) look(); },
    show() { if (found && of !== key() && !busy) said.textContent = say("view-before", { said: found.said }); },
    forget() { found = null; of = ""; count += 1; busy = false; said.textContent = ""; rows.replaceChildren(); },
  };
}
