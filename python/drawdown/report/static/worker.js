// Runs the crate: one step after another, so that a new question is heard between two.

const STEP = 40; // milliseconds that a step takes, about
const [MOVE, ASIDE, MORE] = [0, 1, 2];
const channel = new MessageChannel();
let module = null, core = null, opening = null;
let queue = [], active = null, busy = false, size = 50, order = 0;

function put(message) {
  const bytes = new TextEncoder().encode(JSON.stringify(message));
  const at = core.room(bytes.length);
  new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
  core.ask();
}

function told() {
  const bytes = new Uint8Array(core.memory.buffer, core.told(), core.told_bytes());
  return JSON.parse(new TextDecoder().decode(bytes));
}

function begin() {
  core = new WebAssembly.Instance(module, {}).exports;
}

function rank(message) {
  if (message.ask !== "move") return ASIDE;
  return message.more ? MORE : MOVE;
}

function drop(job) {
  queue = queue.filter((one) => one !== job);
  if (active === job) active = null;
  postMessage({ id: job.id, answer: { stale: true } });
}

function step() {
  busy = queue.length > 0;
  if (!busy) return;
  const job = queue.reduce((one, other) => (other.rank < one.rank || (other.rank === one.rank && other.order < one.order) ? other : one));
  try {
    if (active !== job) put(job.message);
    active = job;
    const begun = performance.now();
    const done = core.step(size);
    size = Math.round(Math.min(Math.max((size * STEP) / Math.max(performance.now() - begun, 1), 10, size / 4), 5000, size * 4));
    if (done) finish(job, { answer: told() });
  } catch (fault) {
    finish(job, { fault: String(fault) });
    // What has stopped in the middle is not to be trusted: a new one, at the same scenario.
    begin();
    put(opening);
    while (!core.step(1000));
  }
  channel.port2.postMessage(0);
}

function finish(job, found) {
  queue = queue.filter((one) => one !== job);
  active = null;
  postMessage({ id: job.id, ...found });
}

channel.port1.onmessage = step;

onmessage = ({ data }) => {
  if (data.core) {
    module = new WebAssembly.Module(data.core);
    opening = data.opening;
    begin();
    return;
  }
  const job = { ...data, rank: rank(data.message), order: (order += 1) };
  if (data.message.ask === "move") {
    for (const one of queue) {
      if (one.rank === MORE || (one.rank === MOVE && job.rank === MOVE && one !== active)) drop(one);
    }
  }
  queue.push(job);
  if (!busy) { busy = true; channel.port2.postMessage(0); }
};
