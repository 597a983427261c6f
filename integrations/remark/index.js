// A plugin of remark: code blocks marked `offset-lab` become elements <offset-lab> with their picture inside. It knows
// neither the page nor the rules of the lab: the command `offset-lab` draws, and without it the text stays.
import { spawnSync } from "node:child_process";

const NAME = "offset-lab";
const VALUES = {
  step: /^[0-9]{1,9}$/,
  controls: /^(full|mini|none)$/,
  theme: /^(auto|light|dark)$/,
  keys: /^off$/,
};

export default function remarkOffsetLab({ command = process.env.OFFSET_LAB || NAME } = {}) {
  return (tree, file) => {
    const say = (reason, node) => {
      file.message(reason, node);
      console.warn(`[${NAME}] ${file.path ?? "a page"}:${node.position?.start.line ?? 1}: ${reason}`);
    };
    change(tree, (node) => {
      const info = behindName(`${node.lang ?? ""} ${node.meta ?? ""}`);
      if (node.type !== "code" || info === undefined) return node;
      const { attributes, problems } = wanted(info);
      for (const problem of problems) say(problem, node);
      const text = node.value === "" ? "" : `${node.value}\n`;
      const drawn = draw(command, text, attributes);
      if (drawn.problem) say(drawn.problem, node);
      return element(text, attributes, drawn.picture);
    });
  };
}

/** Puts what `made` says in the place of every node below. */
function change(parent, made) {
  for (const [at, node] of (parent.children ?? []).entries()) {
    parent.children[at] = made(node);
    if (parent.children[at] === node) change(node, made);
  }
}

/** What an info string says behind the name of the language, if that is its name. */
export function behindName(info) {
  const [, rest] = /^offset-lab(?=$|[\s,])(.*)$/s.exec(info.trim()) ?? [];
  return rest;
}

/** The attributes that a fence gives, and what else it says, a sentence each. */
export function wanted(info) {
  const attributes = {};
  const problems = [];
  for (const word of info.split(/[\s,]+/).filter(Boolean)) {
    const at = word.indexOf("=");
    const name = at < 0 ? word : word.slice(0, at);
    const value = at < 0 ? "" : word.slice(at + 1).replace(/^["']+|["']+$/g, "");
    if (word === "editable") attributes.editable = "";
    else if (Object.hasOwn(VALUES, name) && VALUES[name].test(value)) attributes[name] = value;
    else problems.push(`\`${word}\` is no attribute of the element: it has step=N, controls=full|mini|none, theme=auto|light|dark, keys=off, editable`);
  }
  return { attributes, problems };
}

/** The moment that the element begins with, drawn by the command; else why not. */
function draw(command, text, { step, theme }) {
  const moment = step === undefined ? ["--opening"] : ["--step", step];
  const colours = ["--theme", theme === "dark" ? "dark" : "light"];
  const { error, status, stdout, stderr } = spawnSync(command, ["render", "-", ...moment, ...colours, "-o", "-"], {
    input: text,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error?.code === "ENOENT") {
    return { problem: `there is no command \`${command}\` that draws the picture: readers without JavaScript see the text` };
  }
  // A command that ends before it has read the text is an error of the pipe too: its status says more.
  if (status !== 0) {
    const reason = status === null ? error : `exit status ${status}`;
    return { problem: stderr?.trim() || `\`${command}\` failed: ${reason}` };
  }
  const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(stdout);
  const [, title] = /<title>([^<]*)<\/title>/.exec(stdout);
  const alt = title.replace(/&(lt|gt|quot|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', amp: "&" })[name]);
  const plain = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  const src = `data:image/svg+xml,${encodeURIComponent(stdout).replace(/[!'()*]/g, plain)}`;
  return { picture: { src, width, height, alt } };
}

/** The element, in the shape in which remark hands unknown things to what makes HTML or JSX. */
function element(text, attributes, picture) {
  const node = (hName, hProperties, children) => ({ type: NAME, data: { hName, hProperties }, children });
  // The attribute in any case: what a site makes of a block of code is not known here.
  const inside = picture ? node("img", picture, []) : node("pre", {}, [node("code", {}, [{ type: "text", value: text }])]);
  return node(NAME, { text, ...attributes }, [inside]);
}
