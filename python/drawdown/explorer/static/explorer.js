// The explorer: what was moved, what was answered, what was pinned. All numbers come from Python.

import { fresh, h, saved, table } from "./dom.js";
import { panel } from "./controls.js";
import { decisions, losses, schedule } from "./pictures.js";

const REST = 120; // milliseconds for which a hand rests before more histories are asked for

function same(one, other) {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

// `transport.ask(message)` promises an answer; `transport.link(text)`, if there is one, gives an
// address that brings a setting back; `transport.told(listen)` hands on what Python says by itself.
export function mount(root, transport) {
  const state = { setting: {}, past: [{}], at: 0, pins: [], base: null, about: null, answer: null };
  let latest = 0, quick = false;

  const verdict = h("p", { class: "verdict", "aria-live": "polite", "aria-atomic": "true", text: "Running the first histories …" });
  const count = h("p", { class: "small count" });
  const wrong = h("div", { class: "problems", role: "alert" });
  const notice = h("div", { class: "problems", role: "alert" });
  const title = h("h1", { text: "…" }), span = h("p", { class: "small" });
  const side = h("section", { class: "side", "aria-label": "Controls" });
  const undo = h("button", { type: "button", text: "Undo", onclick: () => step(-1) });
  const redo = h("button", { type: "button", text: "Redo", onclick: () => step(1) });
  const reset = h("button", { type: "button", text: "Reset", onclick: () => move({}, true) });
  const pinName = h("input", { type: "text", maxlength: 60, "aria-label": "Name of what is pinned", placeholder: "name" });
  const pin = h("button", { type: "button", text: "Pin as baseline", onclick: pinned });
  const pins = h("div", { class: "pins", role: "radiogroup", "aria-label": "Baseline" });
  let controls = null;

  // --- Asking -------------------------------------------------------------------------------
  async function ask(message) {
    try {
      const found = await transport.ask(message);
      if (found.fault) throw new Error(found.fault);
      return found;
    } catch (fault) {
      note([{ path: "", what: `There is no answer (${fault.message})`, remedy: "is the program still running?" }]);
      return { stale: true };
    }
  }

  const asked = (generation, trials) => ask({ ask: "move", generation, trials, setting: state.setting, baseline: state.base || undefined });

  // One question is under way at a time, and the next is about where the hand is by then.
  async function changed() {
    // Of the clock: several views of one widget know thereby which move is the newest.
    latest = Math.max(latest + 1, Date.now());
    controls?.show(state.setting);
    buttons();
    if (quick) return;
    quick = true;
    root.classList.add("asking");
    let done;
    try {
      do {
        done = latest;
        const found = await asked(done, state.about ? state.about.stages[0] : undefined);
        if (!found.stale) show(found);
      } while (done !== latest);
    } finally {
      quick = false;
      root.classList.remove("asking");
    }
    refine(done);
  }

  async function refine(generation) {
    if (!state.about || state.refused) return;
    for (const trials of state.about.stages.slice(1)) {
      await new Promise((resolve) => setTimeout(resolve, REST));
      if (generation !== latest || document.hidden) return;
      const found = await asked(generation, trials);
      if (generation !== latest || found.stale) return;
      show(found);
    }
  }

  function show(answer) {
    state.refused = Boolean(answer.problems);
    tell(answer.problems || []);
    root.classList.toggle("refused", state.refused);
    if (state.refused) {
      count.textContent = "The pictures are of the last setting that could be simulated.";
      return;
    }
    state.answer = answer;
    if (verdict.textContent !== answer.verdict) verdict.textContent = answer.verdict;
    const most = state.about?.stages.at(-1);
    count.textContent = `${answer.trials.toLocaleString("en")} histories${most && answer.trials < most ? `, up to ${most.toLocaleString("en")} as the hand rests` : ""}; the same random numbers in all settings`;
    draw();
    root.dispatchEvent(new CustomEvent("drawn", { detail: { generation: answer.generation, trials: answer.trials } }));
  }

  function tell(problems) {
    const left = controls ? controls.tell(problems) : problems;
    wrong.replaceChildren(...left.map(said));
  }

  const said = (one) => h("p", null, one.path ? h("code", { text: one.path }) : null, one.path ? ": " : "", one.what, one.remedy ? `; ${one.remedy}` : "", ".");

  // Of what was asked beside a move: it stands until something else is done.
  function note(problems) {
    notice.replaceChildren(...problems.map(said));
    if (problems.length) notice.scrollIntoView({ block: "nearest" });
  }

  // --- Moving -------------------------------------------------------------------------------
  function move(setting, settled) {
    note([]);
    state.setting = setting;
    if (settled && !same(setting, state.past[state.at])) {
      state.past = [...state.past.slice(0, state.at + 1), setting];
      state.at = state.past.length - 1;
    }
    changed();
  }

  function moved(path, value, settled) {
    const next = { ...state.setting };
    if (value === undefined) delete next[path];
    else next[path] = value;
    if (same(next, state.setting)) {
      // The hand let go where it was: nothing new to ask, only something to go back to.
      if (settled && !same(next, state.past[state.at])) move(next, true);
      return;
    }
    move(next, settled);
  }

  function step(by) {
    const at = state.at + by;
    if (at < 0 || at >= state.past.length) return;
    state.at = at;
    state.setting = state.past[at];
    changed();
  }

  function buttons() {
    undo.disabled = state.at === 0;
    redo.disabled = state.at === state.past.length - 1;
    reset.disabled = same(state.setting, {});
  }

  // --- Baselines ----------------------------------------------------------------------------
  function pinned() {
    const name = pinName.value.trim() || `setting ${state.pins.length + 1}`;
    state.pins = [...state.pins.filter((one) => one.name !== name), { name, setting: state.setting }];
    state.base = state.pins.at(-1);
    pinName.value = "";
    listPins();
    changed();
  }

  function listPins() {
    const group = fresh("pins");
    const row = (name, one) => {
      const id = fresh("pin");
      return h("div", { class: "pin" },
        h("input", { type: "radio", name: group, id, checked: state.base === one, onchange: () => { state.base = one; changed(); } }),
        h("label", { for: id, text: name }),
        one ? h("button", { type: "button", class: "back", text: "go there", "aria-label": `Go to ${name}`, onclick: () => move(one.setting, true) }) : null,
        one ? h("button", { type: "button", class: "back", text: "remove", "aria-label": `Remove ${name}`, onclick: () => {
          state.pins = state.pins.filter((other) => other !== one);
          if (state.base === one) state.base = null;
          listPins();
          changed();
        } }) : null);
    };
    const compare = h("button", { type: "button", text: "Compare them", onclick: async () => {
      const found = await ask({ ask: "compare", pins: [...state.pins, { name: "this setting", setting: state.setting }], baseline: state.base || undefined, trials: state.about.stages[0] });
      if (found.rows) compared.replaceChildren(table(found.head, found.rows, "Compared"));
    } });
    const compared = h("div", { "aria-live": "polite" });
    pins.replaceChildren(row("the scenario as written", null), ...state.pins.map((one) => row(one.name, one)), ...(state.pins.length ? [compare, compared] : []));
  }

  // --- Tabs ---------------------------------------------------------------------------------
  const made = { schedule: schedule(), losses: losses(), decisions: decisions() };
  const levers = h("div", { "aria-live": "polite" });
  const story = h("pre", { class: "story", tabindex: 0, "aria-label": "Day by day" });
  const number = h("input", { type: "text", inputmode: "numeric", class: "number", value: "0", "aria-label": "Number of the history", onchange: tellStory });
  const assumed = h("div", { class: "words" });
  const filter = h("input", { type: "search", "aria-label": "Show assumptions that contain", placeholder: "filter", oninput: sift });
  const TABS = [
    ["schedule", "Schedule", made.schedule.node],
    ["losses", "Losses", made.losses.node],
    ["decisions", "Decisions", h("div", null, h("h3", { text: "What was decided on the way" }), made.decisions.node,
      h("h3", { text: "What each control moves from here" }),
      h("p", { class: "small", text: "Each at the ends of its slider, all others as they stand." }),
      h("button", { type: "button", text: "Find out", onclick: tellLevers }), levers)],
    ["assumptions", "Assumptions", h("div", null, h("p", { class: "small", text: "Every number of this setting, and where it comes from." }), filter, assumed)],
    ["history", "One history", h("div", null, h("p", { class: "small", text: "What happened day by day in one of the histories. One is an example, and proves nothing." }),
      h("div", { class: "row" }, h("button", { type: "button", text: "Earlier", onclick: () => turn(-1) }), number, h("button", { type: "button", text: "Next", onclick: () => turn(1) })), story)],
  ];
  let open = "schedule";
  const heads = TABS.map(([name, text]) => h("button", { type: "button", role: "tab", id: fresh("tab"), "data-tab": name, text,
    onclick: () => choose(name), onkeydown: (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const next = (TABS.findIndex(([one]) => one === name) + by + TABS.length) % TABS.length;
      choose(TABS[next][0]);
      heads[next].focus();
      event.preventDefault();
    } }));
  const bodies = TABS.map(([name, , node], k) => h("div", { role: "tabpanel", id: fresh("panel"), "data-panel": name, "aria-labelledby": heads[k].id }, node));
  heads.forEach((head, k) => head.setAttribute("aria-controls", bodies[k].id));

  function choose(name) {
    open = name;
    TABS.forEach(([one], k) => {
      heads[k].setAttribute("aria-selected", String(one === name));
      heads[k].tabIndex = one === name ? 0 : -1;
      bodies[k].hidden = one !== name;
    });
    draw();
  }

  function draw() {
    if (!state.answer) return;
    if (made[open]) made[open].show(state.answer);
    if (open === "assumptions") tellAssumed();
    if (open === "history") tellStory();
  }

  let rows = null, rowsOf = null;
  async function tellAssumed() {
    const of = JSON.stringify(state.setting);
    if (rowsOf === of) return;
    rowsOf = of;
    const found = await ask({ ask: "assumptions", setting: state.setting });
    if (found.rows && rowsOf === of) { rows = found; sift(); }
  }

  function sift() {
    if (!rows) return;
    const word = filter.value.trim().toLowerCase();
    assumed.replaceChildren(table(rows.head, rows.rows.filter((row) => row.some((cell) => cell.toLowerCase().includes(word))), "Assumptions"));
  }

  let storyOf = null;
  async function tellStory() {
    const wanted = number.value.trim() === "" ? NaN : Number(number.value), of = JSON.stringify([state.setting, wanted]);
    if (storyOf === of) return;
    storyOf = of;
    const found = await ask({ ask: "trial", number: wanted, setting: state.setting });
    if (storyOf !== of) return;
    const problem = found.problems?.[0];
    if (problem) story.textContent = `${problem.what}. ${problem.remedy}`;
    else if (found.text) story.textContent = found.text;
  }

  function turn(by) {
    number.value = String(Math.max(0, (Number(number.value) || 0) + by));
    tellStory();
  }

  async function tellLevers() {
    levers.replaceChildren(h("p", { text: "Running …" }));
    const found = await ask({ ask: "levers", setting: state.setting });
    levers.replaceChildren(found.rows ? table(found.head, found.rows, "What each control moves") : "");
  }

  // --- To take along ------------------------------------------------------------------------
  const taken = h("textarea", { rows: 7, readonly: true, "aria-label": "Text to copy", hidden: true, spellcheck: "false" });
  const given = h("textarea", { rows: 3, "aria-label": "Text of a setting", placeholder: "{\"drawdown-setting\": 1, …}", spellcheck: "false" });
  async function take(kind) {
    const found = await ask({ ask: "texts", setting: state.setting });
    if (found.problems) return note(found.problems);
    if (found.stale) return;
    if (kind === "toml") return saved("scenario.toml", found.toml, "application/toml");
    taken.hidden = false;
    taken.value = kind === "link" ? transport.link(found.json) : found[kind];
    taken.focus();
    taken.select();
  }

  async function restore(text) {
    const found = await ask({ ask: "restore", text });
    if (found.problems) return note(found.problems);
    if (found.setting) { given.value = ""; move(found.setting, true); }
  }

  async function upload(file) {
    const found = await ask({ ask: "upload", name: file.name, text: await file.text() });
    if (found.problems) return note(found.problems);
    note([]);
    if (!found.controls) return;
    Object.assign(state, { setting: {}, past: [{}], at: 0, pins: [], base: null });
    opened(found);
  }

  const file = h("input", { type: "file", id: fresh("file"), accept: ".toml,.json", onchange: () => { if (file.files[0]) upload(file.files[0]); file.value = ""; } });
  const along = h("details", { class: "along" }, h("summary", { text: "Save, share, open" }),
    h("div", { class: "row wrap" },
      h("button", { type: "button", text: "Scenario (TOML)", onclick: () => take("toml") }),
      h("button", { type: "button", text: "Lines of Python", onclick: () => take("code") }),
      h("button", { type: "button", text: "Setting (JSON)", onclick: () => take("json") }),
      transport.link ? h("button", { type: "button", text: "Link", onclick: () => take("link") }) : null),
    taken,
    h("p", { class: "small", text: "Bring a setting back:" }), given,
    h("button", { type: "button", text: "Bring it back", onclick: () => restore(given.value) }),
    h("p", { class: "small" }, h("label", { for: file.id, text: "Open another scenario (.toml, .json):" })), file);

  // --- Together -----------------------------------------------------------------------------
  function opened(about) {
    state.about = about;
    title.textContent = about.title;
    const left = about.left_out.length ? ` Not offered, since it changes nothing here: ${about.left_out.join(", ")}.` : "";
    span.textContent = `${about.span}, seed ${about.seed}. A scenario and not a forecast.${left}`;
    controls = panel(about.controls, moved);
    side.replaceChildren(h("div", { class: "row wrap" }, undo, redo, reset), controls.node,
      h("fieldset", { class: "base-lines" }, h("legend", { text: "Baseline" }), pins, h("div", { class: "row" }, pinName, pin)), along);
    listPins();
    changed();
  }

  root.classList.add("dd-explorer");
  root.replaceChildren(
    h("header", null, title, span),
    h("div", { class: "said" }, verdict, count, wrong, notice),
    h("div", { class: "columns" }, side, h("section", { class: "pictures", "aria-label": "Results" },
      h("div", { class: "tabs", role: "tablist", "aria-label": "Results" }, ...heads), ...bodies)));
  choose(open);
  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (event.target.matches("textarea, input[type=text], input[type=search]")) return;
    step(event.shiftKey ? 1 : -1);
    event.preventDefault();
    event.stopPropagation();
  });
  let before = 0;
  const watch = new ResizeObserver(() => { if (root.clientWidth !== before) { before = root.clientWidth; draw(); } });
  watch.observe(root);
  const again = () => { if (!document.hidden && !quick) refine(latest); };
  document.addEventListener("visibilitychange", again);
  transport.told?.((message) => { if (message.setting) move(message.setting, true); });

  changed(); // a first picture, while it is found out what can be moved
  ask({ ask: "open" }).then((about) => {
    if (about.controls) opened(about);
    else if (about.problems) note(about.problems);
    transport.begun?.({ restore });
  });
  return () => { watch.disconnect(); document.removeEventListener("visibilitychange", again); };
}
