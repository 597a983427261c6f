// <offset-lab>: a run of Offset Lab in any page. This file is all that a page loads until an instance comes near the
// window; it knows where the rest lies, and nothing of the lab's rules.

// module: in the build for classic scripts xtask puts these files themselves in the place of this block.
const BASE = import.meta.url;
const ADDRESS = BASE;
const load = async (name) => {
  const module = await import(`./${name}.js`);
  // What the element is told and asks lies in what an app begins without.
  await module.default({ module_or_path: new URL(`./${name}_bg.wasm`, BASE), whole: true });
  return module;
};
const loadApp = () => load("offset-lab-app");
const sheetsOfApp = () =>
  Promise.all(
    APP_SHEETS.map(async (name) => {
      const answer = await fetch(new URL(`./${name}.css`, BASE));
      if (!answer.ok) throw new Error(`${name}.css: ${answer.status} ${answer.statusText}`);
      return answer.text();
    }),
  );
const lessonText = (name) => fetchText(new URL(`./lessons/${name}.lab`, BASE), `lesson="${name}"`, "There is no such lesson");
const dictionary = () => fetchText(new URL("./dictionary.txt", BASE), "link");
// end of module

const VERSION = "0.1.0";
const APP_SHEETS = [
  "tokens", "base", "layout", "controls", "header", "notice", "tabs", "story", "lessons", "editor", "stage-card", "actions",
  "stage", "transport", "tables", "keys-help", "dialog",
];
// As the core's own limit of a text.
const TEXT_BYTES = 4 * 1024 * 1024;
// So far outside of the window an instance begins to load.
const NEAR = "500px";
// What the element itself needs. What wins over any rule of the page is marked as important.
const OWN_STYLES = `
  :host { display: block !important; position: relative; overflow-anchor: none; }
  :host([hidden]) { display: none !important; }
  .frame { position: relative; min-height: 48px; }
  .frame.bare { min-height: 240px; }
  .place { all: initial; direction: ltr; display: block; position: absolute; inset: 0 0 auto; visibility: hidden; }
  .place > div { height: 100%; }
  .frame.live { min-height: 0; }
  .frame.live > .poster { display: none; }
  .frame.live > .place { position: relative; inset: auto; visibility: visible; }
  .frame.live:has(.compact) > .poster { display: block; visibility: hidden; }
  .frame.live:has(.compact) > .place { position: absolute; inset: 0; }
  .message { all: initial; direction: ltr; position: absolute; inset: auto 8px 8px; padding: 8px 12px; border: 1px solid #a33006; border-radius: 8px; background: #fdece2; color: #1d2433; font: 14px/1.45 system-ui, sans-serif; white-space: pre-wrap; overflow-wrap: anywhere; }
  .message:not([hidden]) { display: block; }
  .message[hidden] { display: none; }
  .frame.bare > .message { inset-block: 8px auto; }
  ::slotted(script), ::slotted(template) { display: none !important; }
  ::slotted(img) { max-width: 100%; height: auto; }
  @media print { .frame { break-inside: avoid; } }
`;

// What a page is told when something of it, of its server or of its author's is wrong.
class Complaint extends Error {}

const once = (make) => {
  let made;
  return (...given) => {
    made ??= make(...given).catch((error) => {
      // What failed may work the next time.
      made = undefined;
      throw error;
    });
    return made;
  };
};

// By window: a sheet can be adopted in the document that it was made for, and in no other.
const sheets = new WeakMap();

/** A text of styles as a sheet: one for all instances of a window. */
function sheetIn(view, text) {
  const own = sheets.get(view) ?? new Map();
  if (!own.has(text)) {
    const made = new view.CSSStyleSheet();
    made.replaceSync(text);
    sheets.set(view, own.set(text, made));
  }
  return own.get(text);
}

// A player has the brokers of one family. Which one a scenario needs stands in its line `broker`.
const playerCalled = (name) =>
  once(async () => {
    const module = await load(name);
    return { module, styles: module.styles() };
  });
const streamsPlayer = playerCalled("offset-lab-player");
const rocketmqPlayer = playerCalled("offset-lab-player-rocketmq");
const playerFor = (text) => (/^[ \t]*broker[ \t]+rocketmq\b/m.test(text) ? rocketmqPlayer : streamsPlayer);
const links = once(() => load("offset-lab-links"));
const app = once(async () => {
  const [module, texts] = await Promise.all([loadApp(), sheetsOfApp()]);
  return { module, styles: texts.join("\n") };
});

const isFile = () => location.protocol === "file:";

/** An address, if it is one. */
function addressOf(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** The text of a file of this origin, if it is one that can be a scenario. */
async function fetchText(url, what, missing = "The file is not there") {
  const refuse = (why) => new Complaint(`${what}: ${why}`);
  const answer = await fetch(url, { mode: "same-origin" }).catch(() => {
    const where = isFile() ? " from a page that was opened as a file" : self.origin === "null" ? " from a sandboxed frame" : "";
    throw refuse(`The file cannot be fetched${where}.`);
  });
  if (!answer.ok) throw refuse(`${answer.status === 404 ? missing : "The server refuses it"} (${answer.status}).`);
  const isHtml = /html/i.test(answer.headers.get("content-type") ?? "");
  if (isHtml) throw refuse("This is an HTML page, and no scenario.");
  const parts = [];
  let bytes = 0;
  for (const reader = answer.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    if (bytes > TEXT_BYTES) {
      reader.cancel().catch(() => {});
      throw refuse("The file is too long: a scenario has at most 4 MiB.");
    }
  }
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(parts).arrayBuffer());
  } catch {
    throw refuse("This is no text in UTF-8, so it is no scenario.");
  }
  if (/^\s*<(!doctype|html)/i.test(text)) throw refuse("This is an HTML page, and no scenario.");
  return text;
}

/** In words of a reader, what keeps the lab from running. */
function words(error) {
  if (error instanceof Complaint) return error.message;
  if (typeof WebAssembly === "undefined") return "This picture cannot move: this browser has no WebAssembly.";
  if (/content security policy|unsafe-eval/i.test(String(error))) {
    return "This picture cannot move: the policy of this page blocks WebAssembly (it needs 'wasm-unsafe-eval' in script-src).";
  }
  return `This picture cannot move: Offset Lab could not be loaded (${error?.message ?? error}).`;
}

const rootsOf = (page) => [page.documentElement, page.body].filter(Boolean);

/** The theme that a page is in, by the marks that documentation tools leave: `light`, `dark`, or `auto`. */
function pageTheme(page) {
  for (const root of rootsOf(page)) {
    const named = root.getAttribute("data-theme") ?? root.getAttribute("data-bs-theme");
    if (named === "light" || named === "dark") return named;
    const scheme = root.getAttribute("data-md-color-scheme");
    if (scheme) return scheme === "slate" || scheme.includes("dark") ? "dark" : "light";
    const has = (...names) => names.some((name) => root.classList.contains(name));
    if (has("coal", "navy", "ayu", "dark")) return "dark";
    if (has("light", "rust")) return "light";
  }
  return "auto";
}

const instances = new Set();
let themes;
let near;

/** Begins to look at the page on behalf of an instance: one observer each for all of them. */
function watch(instance) {
  near ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          near.unobserve(target);
          target.load().catch(() => {});
        }
      }
    },
    { rootMargin: NEAR },
  );
  themes ??= new MutationObserver(() => instances.forEach((each) => each.themeChanged()));
  // At every instance: its page may be another than that of the last, and some pages change their body.
  const attributeFilter = ["class", "data-theme", "data-bs-theme", "data-md-color-scheme"];
  rootsOf(instance.ownerDocument).forEach((root) => themes.observe(root, { attributeFilter }));
  instances.add(instance);
  near.observe(instance);
}

function forget(instance) {
  instances.delete(instance);
  near?.unobserve(instance);
  if (instances.size === 0) themes?.disconnect();
}

/** A whole number from 0, or nothing. */
const whole = (text) => (/^\s*\d{1,9}\s*$/.test(text ?? "") ? Number(text) : undefined);

/** Once the page is read, so that everything inside an element is there. */
const pageRead = () =>
  document.readyState === "loading"
    ? new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
    : Promise.resolve();

const MOVES = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " "]);
const PRESSES = new Set([" ", "Enter"]);
// Attributes that are properties too.
const REFLECTED = ["src", "lesson", "link", "controls", "theme", "keys"];
const PROPERTIES = ["text", "step", "editable", ...REFLECTED];

class OffsetLab extends (globalThis.HTMLElement ?? class {}) {
  static version = VERSION;
  static observedAttributes = ["src", "lesson", "link", "text", "step", "controls", "theme", "editable", "keys"];

  #frame;
  #poster;
  #message;
  #styles;
  #player;
  #handle;
  #place;
  #loading;
  // The same, also when it has failed.
  #latest;
  #turn = 0;
  #text;
  #step;
  #plays = false;
  #failed = false;
  #ready;
  #isReady;
  #isNotReady;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const make = (name, className, ...inside) => {
      const made = document.createElement(name);
      made.className = className;
      made.append(...inside);
      return made;
    };
    this.#poster = make("div", "poster", document.createElement("slot"));
    this.#message = make("div", "message");
    this.#message.hidden = true;
    this.#message.setAttribute("role", "status");
    this.#frame = make("div", "frame", this.#poster, this.#message);
    this.#frame.setAttribute("part", "frame");
    root.append(this.#frame);
    this.#dress();
    this.#keepKeys();
    this.#promise();
    this.#takeOver();
  }

  /** What a script has set before this element was one of ours. */
  #takeOver() {
    for (const name of PROPERTIES.filter((each) => Object.hasOwn(this, each))) {
      const value = this[name];
      delete this[name];
      try {
        this[name] = value;
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** The sheets of its own and of what runs in it. A document without a window shows nothing. */
  #dress() {
    const view = this.ownerDocument.defaultView;
    const texts = [OWN_STYLES, this.#styles].filter((text) => text !== undefined);
    this.shadowRoot.adoptedStyleSheets = view ? texts.map((text) => sheetIn(view, text)) : [];
  }

  #promise() {
    this.#ready = new Promise((done, failed) => {
      this.#isReady = done;
      this.#isNotReady = failed;
    });
    // Who does not ask is not bothered with an error that nobody caught.
    this.#ready.catch(() => {});
  }

  connectedCallback() {
    watch(this);
    pageRead().then(() => this.#frame.classList.toggle("bare", !this.#image() && !this.querySelector("pre")));
  }

  disconnectedCallback() {
    // A page that only moves the element puts it back at once.
    queueMicrotask(() => {
      if (!this.isConnected) {
        forget(this);
        this.#leave();
      }
    });
  }

  /** In another document, such as that of a window of its own: the sheets of the last do not come along. */
  adoptedCallback() {
    this.#dress();
    this.themeChanged();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !(this.#handle || this.#loading || this.#failed)) return;
    if (name === "theme") return this.themeChanged();
    if (name === "step" && this.#handle) {
      const step = whole(after);
      if (step === undefined) return this.#complain(this.#badStep(after));
      this.#handle.step = step;
      return;
    }
    const isOther = ["src", "lesson", "link", "text"].includes(name);
    if (isOther) this.#text = undefined;
    this.#again(isOther);
  }

  /** Begins anew: at once where it was about to run, else when it is near. */
  #again(isOther) {
    const isComing = this.#loading && !this.#handle;
    this.#leave(isOther);
    if (isComing) this.load().catch(() => {});
    else if (this.isConnected) near.observe(this);
  }

  /** Loads what is needed, whether it is near or not. What is loaded runs while it is in view. */
  load() {
    this.#loading ??= this.#latest = this.#begin(++this.#turn);
    return this.#loading;
  }

  async #begin(turn) {
    const isCurrent = () => turn === this.#turn;
    try {
      await pageRead();
      // Who waits for this waits for what has come in its place.
      if (!isCurrent()) return this.#latest;
      this.#say();
      const full = this.hasAttribute("editable") || this.getAttribute("controls") === "full";
      const [theApp, source] = await Promise.all([full ? app() : undefined, this.#source()]);
      // The app opens links of its own page alone.
      const given = source.link === undefined ? source : this.#linked(await links(), source);
      const poster = full ? 0 : await this.#posterWidth();
      const player = full ? undefined : playerFor(given.text);
      const lab = theApp ?? (await player());
      if (!isCurrent()) return this.#latest;
      this.#player = player;
      this.#mount(lab, given, poster, full);
    } catch (error) {
      if (!isCurrent()) return this.#latest;
      this.#failed = true;
      this.#loading = undefined;
      this.#complain(words(error));
      this.#isNotReady(error);
      throw error;
    }
  }

  /** Where the text comes from: the first of these that is there. */
  async #source() {
    if (this.#text !== undefined) return { text: this.#text, name: "scenario" };
    const [src, lesson, link] = ["src", "lesson", "link"].map((name) => this.getAttribute(name));
    if (src !== null) {
      const what = `src="${src}"`;
      const url = addressOf(src, this.baseURI);
      if (!src.trim() || !url) throw new Complaint(`${what}: This is no address of a file.`);
      // Not of the base, which may be elsewhere. Without an origin nothing can be fetched at all, and that is said then.
      if (url.origin !== self.origin && self.origin !== "null") {
        throw new Complaint(`${what}: The file is of another origin (${url.origin}); put it beside the page.`);
      }
      return { text: await fetchText(url, what), name: src };
    }
    if (lesson !== null) {
      if (!/^[a-z0-9-]{1,80}$/.test(lesson)) throw new Complaint(`lesson="${lesson}": There is no such lesson.`);
      return { text: await lessonText(lesson), name: lesson };
    }
    if (link !== null) return { link, words: await dictionary() };
    const inline = this.#inline();
    if (inline === undefined) {
      throw new Complaint("There is nothing to show: give `src`, `lesson`, or a scenario inside the element.");
    }
    return { text: inline, name: "scenario" };
  }

  #linked(module, { link, words }) {
    let found;
    try {
      found = module.open_link(link, words);
    } catch (problem) {
      throw new Complaint(`Nothing was opened: ${problem}.`);
    }
    return { text: found.text, name: "scenario", step: found.step };
  }

  /** The scenario that the author, or a tool, wrote into the element. */
  #inline() {
    const written = this.getAttribute("text");
    if (written !== null) return written;
    const script = this.querySelector('script[type^="text/"], script[type="application/x-offset-lab"]');
    const found = script ?? this.querySelector("pre");
    return found?.textContent.replace(/^\r?\n/, "");
  }

  #image() {
    return this.querySelector("img");
  }

  /** The width of the poster in its own units; 0 when there is none. */
  async #posterWidth() {
    const image = this.#image();
    // What is not shown may never be fetched.
    if (!image?.getClientRects().length) return 0;
    if (!image.complete) {
      await new Promise((done) => {
        image.addEventListener("load", done, { once: true });
        image.addEventListener("error", done, { once: true });
      });
    }
    const wide = whole(image.getAttribute("width")) ?? image.naturalWidth;
    const isThere = image.naturalWidth > 0 && image.getBoundingClientRect().height > 60;
    return isThere ? Math.min(Math.max(wide, 320), 1400) : 0;
  }

  #mount({ module, styles }, { text, name, step: linked }, poster, full) {
    const attribute = (name) => this.getAttribute(name) ?? undefined;
    const step = this.#step ?? linked ?? whole(attribute("step"));
    if (attribute("step") !== undefined && step === undefined) throw new Complaint(this.#badStep(attribute("step")));
    const place = document.createElement("div");
    place.className = "place";
    const inside = document.createElement("div");
    place.append(inside);
    this.#frame.append(place);
    this.#place = place;
    this.#styles = styles;
    this.#dress();
    const controls = attribute("controls");
    this.#handle = module.mount(inside, {
      scenario: text,
      name,
      step,
      poster,
      controls,
      theme: this.#theme(),
      keys: attribute("keys"),
      storage: "off",
      stands: controls === "full" ? "embedded" : "bench",
      editable: this.hasAttribute("editable") ? "on" : "off",
      // What was taken out may still come to an end.
      tell: (news) => place === this.#place && this.#hear(news),
      address: new URL("./", ADDRESS).href,
      preview: (holder, attributes, scenario) => {
        const shown = document.createElement("offset-lab");
        for (const [name, value] of Object.entries(attributes)) shown.setAttribute(name, value);
        shown.text = scenario;
        holder.replaceChildren(shown);
      },
    });
    if (full) this.#show();
  }

  #hear({ kind, ...detail }) {
    if (kind === "step" || kind === "error") this.#show();
    this.dispatchEvent(new CustomEvent(`offset-lab:${kind}`, { detail, bubbles: true, composed: true }));
  }

  /** In the place of the poster, once its own picture is drawn. */
  #show() {
    if (this.#frame.classList.contains("live") || this.#showing) return;
    this.#showing = true;
    const place = this.#place;
    const look = () => {
      if (place !== this.#place) return;
      if (!place.querySelector(".stage, .player-problems, .editor")) return void setTimeout(look, 16);
      this.#showing = false;
      this.#frame.classList.add("live");
      this.#isReady(this);
      if (this.#plays) this.#handle.play();
    };
    setTimeout(look, 0);
  }

  #showing = false;

  /** Takes out what runs; the poster stands there again. Text and moment are kept, unless others are to come. */
  #leave(isOther = false) {
    this.#turn += 1;
    this.#loading = this.#latest = undefined;
    if (this.#failed) this.#promise();
    this.#failed = false;
    this.#showing = false;
    if (this.#handle) {
      if (isOther) this.#step = undefined;
      else this.#step = this.#handle.step;
      this.#handle.destroy();
      this.#handle = undefined;
      this.#place.remove();
      this.#place = undefined;
      this.#frame.classList.remove("live");
      this.#promise();
    }
    this.#say();
  }

  #say(what = "") {
    this.#message.textContent = what;
    this.#message.hidden = what === "";
  }

  #complain(message) {
    this.#say(message);
    const detail = { message, problems: [] };
    this.dispatchEvent(new CustomEvent("offset-lab:error", { detail, bubbles: true, composed: true }));
  }

  #badStep(step) {
    return `step="${step}": A step is a whole number from 0.`;
  }

  #theme() {
    const wanted = this.getAttribute("theme");
    return wanted === "light" || wanted === "dark" ? wanted : pageTheme(this.ownerDocument);
  }

  /** The page, or the author, has changed the colours. */
  themeChanged() {
    this.#handle?.set_theme(this.#theme());
  }

  /**
   * Keys that are the lab's own do not reach the page, also not when they are let go; nor does what is typed into a
   * field, or presses a button: to the page it would seem to be done outside of any.
   */
  #keepKeys() {
    const ours = new Set();
    this.#frame.addEventListener("keydown", ({ key }) => ours.add(key), true);
    const isHeld = (event) => event.ctrlKey || event.metaKey || event.altKey;
    const isFields = (event) => {
      const [inner] = event.composedPath();
      if (!inner?.matches || isHeld(event)) return false;
      if (PRESSES.has(event.key) && inner.matches("button, a, summary, [role=button]")) return true;
      if (inner.matches("input[type=range], select, [role=tab], [role=slider]")) return MOVES.has(event.key);
      return inner.matches("textarea, input");
    };
    for (const kind of ["keydown", "keypress", "keyup"]) {
      this.#frame.addEventListener(kind, (event) => {
        if (isFields(event)) event.stopPropagation();
        // It came so far: nobody inside has made it their own.
        else if (kind === "keydown") ours.delete(event.key);
        else if (ours.has(event.key)) event.stopPropagation();
        if (kind === "keyup") ours.delete(event.key);
      });
    }
  }

  /** The scenario. */
  get text() {
    return this.#handle?.text ?? this.#text ?? this.#inline() ?? "";
  }

  set text(text) {
    this.#text = String(text);
    // What is set before anything has run holds, in whatever order a page sets it.
    if (this.#handle || this.#failed) this.#step = undefined;
    const isOurs = this.#player === undefined || this.#player === playerFor(this.#text);
    if (this.#handle && isOurs) this.#handle.text = this.#text;
    else if (this.#handle) {
      // Another family's player takes over, wherever it stands.
      this.#leave(true);
      this.load().catch(() => {});
    } else if (this.#failed || this.#loading) this.#again(true);
  }

  get editable() {
    return this.hasAttribute("editable");
  }

  // An empty text is how frameworks write that an attribute is there.
  set editable(editable) {
    this.toggleAttribute("editable", editable === "" || Boolean(editable));
  }

  /** Events that have happened at the moment shown. */
  get step() {
    return this.#handle?.step ?? this.#step ?? whole(this.getAttribute("step")) ?? 0;
  }

  set step(step) {
    const wanted = whole(String(step));
    if (wanted === undefined) throw new TypeError(`step: ${String(step)} is no whole number from 0`);
    this.#step = wanted;
    if (this.#handle) this.#handle.step = wanted;
  }

  /** Events of the run; 0 before it has run. */
  get steps() {
    return this.#handle?.steps ?? 0;
  }

  /** Fulfilled with the element once its picture is there. */
  get ready() {
    return this.#ready;
  }

  /** Plays from here, as soon as it has run. */
  play() {
    this.#plays = true;
    if (this.#frame.classList.contains("live")) this.#handle?.play();
    else this.load().catch(() => {});
  }

  /** Pauses. */
  pause() {
    this.#plays = false;
    this.#handle?.pause();
  }

  /** All facts at the moment shown, by the names of streams and programs; `undefined` before it has run. */
  facts() {
    return this.#handle?.facts();
  }
}

for (const name of REFLECTED) {
  Object.defineProperty(OffsetLab.prototype, name, {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value == null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
    configurable: true,
    enumerable: true,
  });
}

if (globalThis.customElements) {
  const there = customElements.get("offset-lab");
  if (!there) customElements.define("offset-lab", OffsetLab);
  else if (there.version !== VERSION) {
    console.warn(`<offset-lab> ${there.version} is on this page already; ${VERSION} is left out`);
  }
}
