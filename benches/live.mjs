// Asks the crate in WebAssembly under node: `node benches/live.mjs CORE` answers each line of its input,
// a question as the page has it, by a line.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";

const bytes = readFileSync(process.argv[2]);
const core = new WebAssembly.Instance(new WebAssembly.Module(process.argv[2].endsWith(".gz") ? gunzipSync(bytes) : bytes)).exports;

createInterface({ input: process.stdin }).on("line", (line) => {
  const question = new TextEncoder().encode(line), at = core.room(question.length);
  new Uint8Array(core.memory.buffer, at, question.length).set(question);
  core.ask();
  const begun = performance.now();
  while (!core.step(500));
  const told = new TextDecoder().decode(new Uint8Array(core.memory.buffer, core.told(), core.told_bytes()));
  console.log(JSON.stringify({ milliseconds: performance.now() - begun, answer: JSON.parse(told) }));
});
