// The same numbers, of the module that is the first argument.
import { readFile } from "node:fs/promises";

const [, , path, trials, seed] = process.argv;
const module = await WebAssembly.compile(await readFile(path));
// Nothing is given to it: no clock, no chance, no files.
const { exports } = await WebAssembly.instantiate(module, {});
for (let scenario = 0; scenario < exports.scenarios(); scenario++) {
  const hash = BigInt.asUintN(64, exports.hash(scenario, Number(trials), Number(seed)));
  console.log(`${scenario} ${hash.toString(16).padStart(16, "0")}`);
}
