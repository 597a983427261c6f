// Offset Lab without a page: scenarios run in Node, by the same WebAssembly that pages load.
import { readFileSync } from "node:fs";

import { initSync, run as ran } from "./offset-lab-app.js";

initSync({ module: readFileSync(new URL("./offset-lab-app_bg.wasm", import.meta.url)) });

/** Runs a scenario: digest, facts, checks, console and diagnostics. */
export function run(text) {
  return ran(String(text));
}
