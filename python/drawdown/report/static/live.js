// The live part of a page: it asks the crate, which runs in a worker of this very page.

(() => {
  const text = (id) => document.getElementById(id).textContent;
  const about = JSON.parse(text("live-about"));
  const say = speaker(about.voice);
  const here = document.getElementById("live-here");
  const banner = document.getElementById("live-banner");

  const shadow = here.attachShadow({ mode: "open" });
  const root = h("div"), status = h("p", { class: "live-status", role: "status", lang: say.language, dir: say.rtl && "rtl", text: say("view-live-checking") });
  shadow.append(h("style", { text: text("live-style") }), status, h("div", { class: "dd-light" }, root));

  function off(why) {
    status.textContent = why;
    status.classList.add("live-wrong");
    root.remove();
    worker.terminate();
  }

  const address = URL.createObjectURL(new Blob([text("live-worker")], { type: "text/javascript" }));
  const worker = new Worker(address);
  const waiting = new Map();
  let asked = 0;
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)?.(data.answer || { fault: data.fault });
    waiting.delete(data.id);
  };
  worker.onerror = (event) => off(say("view-live-broken", { why: event.message || say("view-live-worker") }));
  const send = (message) => new Promise((resolve) => {
    asked += 1;
    waiting.set(asked, resolve);
    worker.postMessage({ id: asked, message });
  });

  const opening = { ask: "open", scenario: about.scenario, seed: about.seed, trials: about.checked, language: say.language };

  const ends = (control) => (control.kind === "switch" ? [false, true] : [control.low, control.high]);
  const changes = () => about.controls.flatMap((control) => ends(control).map((value) => (
    { path: control.path, value, label: control.label, shown: worded(say, control, value) })));

  function ask(message) {
    if (message.ask === "open") return Promise.resolve(about);
    const trials = message.trials ?? about.stages[0];
    const more = message.ask === "levers" ? { changes: changes() } : {};
    return send({ ...message, ...more, trials, more: trials !== about.stages[0] });
  }

  // Figures that a reader made are never to be taken for the author's.
  function moved(setting) {
    const controls = new Map(about.controls.map((control) => [control.path, control]));
    const told = Object.entries(setting).map(([path, value]) => {
      const control = controls.get(path);
      return say("view-live-one", { label: control.label, before: control.written, after: worded(say, control, value) });
    });
    banner.hidden = told.length === 0;
    banner.textContent = told.length ? say("view-live-changed", { changes: told.join(say("list-semicolon")) }) : "";
    document.title = told.length ? say("view-live-title", { title: about.title }) : about.title;
  }

  // Five letters are four bytes; at the end there may be less of both.
  function bytesOf(letters) {
    const values = new Map([...about.letters].map((letter, value) => [letter.charCodeAt(0), value]));
    const groups = Math.ceil(letters.length / 5), whole = letters.padEnd(5 * groups, about.letters.at(-1));
    const bytes = new DataView(new ArrayBuffer(4 * groups));
    for (let group = 0; group < groups; group++) {
      let word = 0;
      for (let k = 5 * group; k < 5 * group + 5; k++) word = 85 * word + values.get(whole.charCodeAt(k));
      bytes.setUint32(4 * group, word);
    }
    return bytes.buffer.slice(0, Math.floor(letters.length * 4 / 5));
  }

  async function unpacked() {
    const stream = new Blob([bytesOf(text("live-core").trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  async function begin() {
    const core = await unpacked();
    worker.postMessage({ core, opening }, [core]);
    const found = await send(opening);
    if (found.digest !== about.digest) {
      off(found.digest ? say("view-live-differs") : say("view-live-broken", { why: found.fault || found.problems?.[0]?.what }));
      return;
    }
    status.textContent = say("view-live-same", { checked: about.checked });
    here.dataset.checked = found.digest;
    mount(root, { voice: about.voice, ask, moved, asks: ["levers"], unnamed: "view-the-brief" });
  }

  begin().catch((fault) => off(say("view-live-broken", { why: fault.message })));
})();
