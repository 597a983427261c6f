// What a page begins without lies in a file of its own. It comes once the page is idle, or when it is needed before that.
const REST = new URL("offset-lab-rest.wasm", import.meta.url);
// The first picture comes first: what is compiled beside it makes it wait.
const LATER_MS = 1_000;
let isWhole = false;
let bytes;

/** Takes in the rest, as a compiled module. */
export function takeIn(module) {
  // A second time would lay what lies in memory anew.
  if (isWhole) return;
  try {
    new WebAssembly.Instance(module, { a: wasm });
  } catch (error) {
    throw new Error("Offset Lab is not of one piece: it was changed while this page was open. Reload the page.", { cause: error });
  }
  isWhole = true;
}

/** The same at once: what needs it cannot go on without, and loses nothing while it is asked for again. */
function takeInAtOnce() {
  for (;;) {
    const answer = bytes ?? askAtOnce();
    if (typeof answer === "object") return takeInOrSay(answer);
    const words = `A part of Offset Lab could not be loaded (${answer}).`;
    if (!globalThis.confirm?.(`${words} Try again?`)) throw new Error(`${words} Reload the page.`);
  }
}

function takeInOrSay(answer) {
  try {
    takeIn(new WebAssembly.Module(answer));
  } catch (error) {
    globalThis.alert?.(error.message);
    throw error;
  }
}

/** The bytes of the rest, or why there are none. */
function askAtOnce() {
  const asked = new XMLHttpRequest();
  asked.open("GET", REST, false);
  // Every byte as one character: no other kind of answer comes at once.
  asked.overrideMimeType("text/plain; charset=x-user-defined");
  try {
    asked.send();
  } catch {
    return "no connection";
  }
  return asked.status === 200 ? Uint8Array.from(asked.responseText, (letter) => letter.charCodeAt(0)) : asked.status;
}

/** Fetches the rest, and takes it in once that may be. */
async function takeInSoon(ready) {
  const answer = await fetch(REST);
  if (!answer.ok) return;
  bytes = await answer.arrayBuffer();
  try {
    await ready;
    if (!isWhole) takeIn(await WebAssembly.compile(bytes));
  } finally {
    // What is no second part of this build is asked for anew when it is needed.
    bytes = undefined;
  }
}

const idle = () => new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done));
const later = () => new Promise((done) => setTimeout(done, LATER_MS)).then(idle);

/** Begins. With `whole` in what is given, the rest comes at the same time; else once the page is idle. */
async function begin(given) {
  const begun = __wbg_init(given);
  // What does not come now is asked for when it is needed.
  if (given?.whole) await takeInSoon(begun).catch(() => {});
  await begun;
  if (!given?.whole && globalThis.document) idle().then(() => takeInSoon(later())).catch(() => {});
  return begun;
}

export { initSync, begin as default };
