// The explorer: what was moved, what was answered, what was pinned. All numbers come from Python.

import { fresh, h, saved, table } from "./dom.js";
import { speaker } from "./speaker.js";
import { panel } from "./controls.js";
import { breaking } from "./breaking.js";
import { decisions, glance, losses, schedule } from "./pictures.js";

const REST = 120; // milliseconds for which a hand rests before more histories are asked for
const PATIENCE = 5000; // milliseconds after which it is asked whether anybody is still there
const WIDE = 832; // pixels from which on controls stand beside pictures

const after = (time) => new Promise((resolve) => setTimeout(resolve, time));

function same(one, other) {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

// `transport.ask(message)` promises an answer; `transport.link(text)`, if there is one, gives an
// address that brings a setting back; `transport.told(listen)` hands on what Python says by itself;
// `transport.moved(setting)` is told where everything stands; `transport.asks`, if there is such a
// list, has all that is answered beside moves; `transport.silence` is the message that says what to
// do where nobody answers; `transport.unnamed` is the one that names what is beside a setting as long
// as nothing was pinned; `transport.voice` is what the page speaks with.
export function mount(root, transport) {
  const state = { setting: {}, past: [{}], at: 0, pins: [], base: null, about: null, answer: null };
  let latest = 0, quick = false;
  const say = speaker(transport.voice);
  // Beside what a setting stands: what was pinned, or all as it is written.
  const baseline = () => state.base || { name: say(transport.unnamed || "view-unnamed-baseline"), setting: {} };
  const can = (kind) => !transport.asks || transport.asks.includes(kind);

  const verdict = h("p", { class: "verdict", "aria-live": "polite", "aria-atomic": "true", text: say("view-first") });
  const count = h("p", { class: "small count" });
  const warned = h("div", { class: "warned" });
  const wrong = h("div", { class: "problems", role: "alert" });
  const notice = h("div", { class: "problems", role: "alert" });
  const silence = h("div", { class: "problems", role: "alert" });
  const small = h("div", { class: "glance" });
  const title = h("h1", { text: "…" }), span = h("p", { class: "small" });
  const side = h("section", { class: "side", "aria-label": say("view-controls") });
  const undo = h("button", { type: "button", text: say("view-undo"), onclick: () => step(-1) });
  const redo = h("button", { type: "button", text: say("view-redo"), onclick: () => step(1) });
  const reset = h("button", { type: "button", text: say("view-reset"), onclick: () => move({}, true) });
  const pinName = h("input", { type: "text", maxlength: 60, "aria-label": say("view-pin-name"), placeholder: say("view-name") });
  const pin = h("button", { type: "button", text: say("view-pin"), onclick: pinned });
  const pins = h("div", { class: "pins", role: "radiogroup", "aria-label": say("view-baseline") });
  let controls = null;

  // --- Asking -------------------------------------------------------------------------------
  async function ask(message) {
    try {
      pending += 1;
      watch();
      const found = await transport.ask(message);
      silence.replaceChildren();
      if (found.fault) throw new Error(found.fault);
      return found;
    } catch (fault) {
      note([{ path: "", what: say("view-no-answer", { why: fault.message }), remedy: say("view-no-answer-remedy"), ours: true }]);
      return { stale: true };
    } finally {
      pending -= 1;
    }
  }

  // Some answers take long: what is answered at once tells whether anybody is still there.
  let pending = 0, watching = false;
  async function watch() {
    if (watching || !can("there")) return;
    watching = true;
    for (await after(PATIENCE); pending; await after(PATIENCE)) {
      const there = await Promise.race([transport.ask({ ask: "there" }).then(() => true, () => true), after(PATIENCE)]);
      if (there) silence.replaceChildren();
      else if (pending && !silence.textContent) silence.replaceChildren(h("p", { text: say(transport.silence || "view-silence") }));
    }
    watching = false;
  }

  const asked = (generation, trials) => ask({ ask: "move", generation, trials, setting: state.setting, baseline: baseline() });

  // One question is under way at a time, and the next is about where the hand is by then.
  async function changed() {
    // Of the clock: several views of one widget know thereby which move is the newest.
    latest = Math.max(latest + 1, Date.now());
    controls?.show(state.setting);
    transport.moved?.(state.setting);
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
      count.textContent = say("view-refused");
      return;
    }
    state.answer = answer;
    if (verdict.textContent !== answer.verdict) verdict.textContent = answer.verdict;
    const most = state.about?.stages.at(-1);
    const trials = say.number(answer.trials);
    count.textContent = most && answer.trials < most ? say("view-count-more", { trials, most: say.number(most) }) : say("view-count", { trials });
    warn(answer.warnings || []);
    root.classList.toggle("alone", !answer.people.parts[0]?.base);
    draw();
    root.dispatchEvent(new CustomEvent("drawn", { detail: { generation: answer.generation, trials: answer.trials } }));
  }

  function tell(problems) {
    const left = controls ? controls.tell(problems) : problems;
    wrong.replaceChildren(...left.map(said));
  }

  // They are open to see, and stay as the reader leaves them, until they are others.
  let warnings = "";
  function warn(found) {
    const now = JSON.stringify(found);
    if (now === warnings) return;
    warnings = now;
    const texts = found.map((one) => h("li", null, one.path ? h("code", { dir: "ltr", text: one.path }) : null, one.path ? ": " : "", one.what, one.remedy ? `${say("list-semicolon")}${one.remedy}` : ""));
    warned.replaceChildren(...(found.length ? [h("details", null, h("summary", { text: say("view-warnings", { count: say.number(found.length) }) }), h("ul", null, ...texts))] : []));
  }

  // Problems are those of a scenario that is refused, which speaks English, but for what the page itself has to say.
  const said = (one) => h("p", one.ours ? null : say.inEnglish, one.path ? h("code", { text: one.path }) : null, one.path ? ": " : "", one.what, one.remedy ? `; ${one.remedy}` : "", ".");

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
    const name = pinName.value.trim() || say("view-setting-number", { number: state.pins.length + 1 });
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
        one ? h("button", { type: "button", class: "back", text: say("view-go-there"), "aria-label": say("view-go-to", { name }), onclick: () => move(one.setting, true) }) : null,
        one ? h("button", { type: "button", class: "back", text: say("view-remove"), "aria-label": say("view-remove-it", { name }), onclick: () => {
          state.pins = state.pins.filter((other) => other !== one);
          if (state.base === one) state.base = null;
          listPins();
          changed();
        } }) : null);
    };
    const compare = h("button", { type: "button", text: say("view-compare"), onclick: async () => {
      const beside = baseline();
      const found = await ask({ ask: "compare", pins: [...state.pins, { name: say("view-this-setting"), setting: state.setting }], baseline: beside, trials: state.about.stages[0] });
      if (found.rows) compared.replaceChildren(table([say("view-beside", { name: beside.name }), ...found.head], found.rows, say("view-compared")));
    } });
    const compared = h("div", { "aria-live": "polite" });
    pins.replaceChildren(row(say("view-as-written-all"), null), ...state.pins.map((one) => row(one.name, one)), ...(state.pins.length ? [compare, compared] : []));
  }

  // --- Tabs ---------------------------------------------------------------------------------
  const breaks = breaking(say, { ask, now: () => state.setting, go: (path, value) => moved(path, value, true) });
  const made = { schedule: schedule(say), losses: losses(say), decisions: decisions(say), breaking: breaks };
  const levers = h("div", { "aria-live": "polite" });
  const story = h("pre", { class: "story", tabindex: 0, "aria-label": say("view-story"), ...say.inEnglish });
  const number = h("input", { type: "text", inputmode: "numeric", class: "number", dir: say.rtl && "ltr", value: "0", "aria-label": say("view-history-number"), onchange: tellStory });
  const assumed = h("div", { class: "words" });
  const filter = h("input", { type: "search", "aria-label": say("view-filter-label"), placeholder: say("view-filter"), oninput: sift });
  const TABS = [
    ["schedule", say("view-tab-schedule"), made.schedule.node],
    ["losses", say("view-tab-losses"), made.losses.node],
    ["decisions", say("view-tab-decisions"), h("div", null, h("h2", { text: say("view-decisions") }), made.decisions.node,
      h("h2", { text: say("view-levers") }),
      h("p", { class: "small", text: say("view-levers-note") }),
      h("button", { type: "button", text: say("view-find-out"), onclick: tellLevers }), levers)],
    ["breaking", say("view-tab-breaking"), breaks.node],
    ["assumptions", say("view-tab-assumptions"), h("div", null, h("p", { class: "small", text: say("view-assumptions-note") }), filter, assumed)],
    ["history", say("view-tab-history"), h("div", null, h("p", { class: "small", text: say("view-history-note") }),
      h("div", { class: "row" }, h("button", { type: "button", text: say("view-earlier"), onclick: () => turn(-1) }), number, h("button", { type: "button", text: say("view-next"), onclick: () => turn(1) })), story)],
  ].filter(([name]) => can({ assumptions: "assumptions", breaking: "breaking", history: "trial" }[name] || "levers"));
  let open = "schedule";
  const heads = TABS.map(([name, text]) => h("button", { type: "button", role: "tab", id: fresh("tab"), "data-tab": name, text,
    onclick: () => choose(name), onkeydown: (event) => {
      const at = TABS.findIndex(([one]) => one === name), last = TABS.length - 1;
      const [ahead, back] = say.rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
      const next = { [ahead]: at === last ? 0 : at + 1, [back]: (at || TABS.length) - 1, Home: 0, End: last }[event.key];
      if (next === undefined) return;
      choose(TABS[next][0]);
      heads[next].focus();
      event.preventDefault();
    } }));
  const bodies = TABS.map(([name, , node], k) => h("div", { role: "tabpanel", tabindex: 0, id: fresh("panel"), "data-panel": name, "aria-labelledby": heads[k].id }, node));
  heads.forEach((head, k) => head.setAttribute("aria-controls", bodies[k].id));

  function choose(name) {
    open = name;
    TABS.forEach(([one], k) => {
      heads[k].setAttribute("aria-selected", String(one === name));
      heads[k].tabIndex = one === name ? 0 : -1;
      bodies[k].hidden = one !== name;
    });
    if (name === "breaking") breaks.opened();
    draw();
  }

  function draw() {
    if (!state.answer) return;
    if (small.offsetParent) glance(say, small, state.answer, open);
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
    // Keys, values and what is known of them are the scenario's and the core's; the last says whether it is disputed.
    const cells = (row) => row.map((text, k) => (k === row.length - 1 ? text : rows.authors.includes(k) ? say.authors(text) : say.english(text)));
    assumed.replaceChildren(table(rows.head, rows.rows.filter((row) => row.some((cell) => cell.toLowerCase().includes(word))).map(cells), say("view-tab-assumptions")));
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
    levers.replaceChildren(h("p", { text: say("view-running") }));
    const found = await ask({ ask: "levers", setting: state.setting });
    levers.replaceChildren(found.rows ? table([say("view-control"), say("view-at"), ...found.head], found.rows, say("view-levers-caption")) : "");
  }

  // --- To take along ------------------------------------------------------------------------
  const taken = h("textarea", { rows: 7, readonly: true, dir: say.rtl && "ltr", "aria-label": say("view-copy"), hidden: true, spellcheck: "false" });
  const given = h("textarea", { rows: 3, dir: say.rtl && "ltr", "aria-label": say("view-back-label"), placeholder: "{\"drawdown-setting\": 1, …}", spellcheck: "false" });
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
  const toml = h("button", { type: "button", text: say("view-toml"), onclick: () => take("toml") });
  const along = !can("restore") ? toml : h("details", { class: "along" }, h("summary", { text: say("view-along") }),
    h("div", { class: "row wrap" },
      toml,
      h("button", { type: "button", text: say("view-code"), onclick: () => take("code") }),
      h("button", { type: "button", text: say("view-json"), onclick: () => take("json") }),
      transport.link ? h("button", { type: "button", text: say("view-link"), onclick: () => take("link") }) : null),
    taken,
    h("p", { class: "small", text: say("view-back") }), given,
    h("button", { type: "button", text: say("view-bring-back"), onclick: () => restore(given.value) }),
    h("p", { class: "small" }, h("label", { for: file.id, text: say("view-open") })), file);

  // --- Together -----------------------------------------------------------------------------
  function opened(about) {
    state.about = about;
    title.replaceChildren(say.authors(about.title));
    const left = about.left_out.length ? ` ${say("view-left-out", { labels: about.left_out.join(say("list-comma")) })}` : "";
    span.textContent = `${say("view-about", { span: about.span, seed: about.seed })}${left}`;
    controls = panel(say, about.controls, moved, root.clientWidth >= WIDE);
    breaks.forget();
    if (open === "breaking") breaks.opened();
    side.replaceChildren(h("div", { class: "row wrap" }, undo, redo, reset), controls.node,
      h("details", { class: "group", open: true }, h("summary", { text: say("view-baseline") }), pins, h("div", { class: "row" }, pinName, pin)), along);
    listPins();
    changed();
  }

  const results = h("section", { class: "pictures", "aria-label": say("view-results"), tabindex: -1 },
    h("div", { class: "tabs", role: "tablist", "aria-label": say("view-results") }, ...heads), ...bodies);
  const skip = h("button", { type: "button", class: "skip", text: say("view-to-results"), onclick: () => { results.scrollIntoView({ block: "start" }); results.focus({ preventScroll: true }); } });
  root.classList.add("dd-explorer");
  root.lang = say.language;
  if (say.rtl) root.dir = "rtl";
  // Keys that move a slider do nothing else in JupyterLab.
  root.dataset.lmSuppressShortcuts = "true";
  root.replaceChildren(
    h("header", null, skip, title, span, say.language === "en" ? null : h("p", { class: "small unreviewed", text: say("page-unreviewed") })),
    h("div", { class: "said" }, verdict, small, count, warned, wrong, notice, silence),
    h("div", { class: "columns" }, side, results));
  choose(open);
  root.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (event.target.matches("textarea, input[type=text], input[type=search]")) return;
    step(event.shiftKey ? 1 : -1);
    event.preventDefault();
    event.stopPropagation();
  });
  let before = 0;
  const resized = new ResizeObserver(() => { if (root.clientWidth !== before) { before = root.clientWidth; draw(); } });
  resized.observe(root);
  const again = () => { if (!document.hidden && !quick) refine(latest); };
  document.addEventListener("visibilitychange", again);
  transport.told?.((message) => { if (message.setting) move(message.setting, true); });

  changed(); // a first picture, while it is found out what can be moved
  ask({ ask: "open" }).then((about) => {
    if (about.controls) opened(about);
    else if (about.problems) note(about.problems);
    transport.begun?.({ restore });
  });
  return () => { resized.disconnect(); document.removeEventListener("visibilitychange", again); };
}
