// Offset Lab without a page: scenarios run in Node, by the same WebAssembly that pages load.
import { readFileSync } from "node:fs";

import { initSync, run as ran, takeIn } from "./offset-lab-app.js";

const module = (name) => new WebAssembly.Module(readFileSync(new URL(name, import.meta.url)));

initSync({ module: module("./offset-lab-app_bg.wasm") });
// What a page fetches once it is idle.
takeIn(module("./offset-lab-app_rest.wasm"));

/** Runs a scenario: digest, facts, checks, console and diagnostics. */
export function run(text) {
  return ran(String(text));
}
