import assert from "node:assert/strict";
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import remarkOffsetLab, { behindName, wanted } from "../index.js";

const NONE = "no-such-command-as-this";

/** A page with one block of code, in a list, as remark reads it. */
const page = (lang, meta, value) => ({
  type: "root",
  children: [{ type: "list", children: [{ type: "listItem", children: [{ type: "code", lang, meta, value }] }] }],
});
const only = (tree) => tree.children[0].children[0].children[0];

function changed(tree, options) {
  const said = [];
  const warn = console.warn;
  console.warn = () => {};
  remarkOffsetLab(options)(tree, { path: "a.md", message: (reason) => said.push(reason) });
  console.warn = warn;
  return { node: only(tree), said };
}

const escaped = (text) =>
  text.replace(/[&<>"\n\r]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? `&#${sign.charCodeAt(0)};`);

test("it reads fences as the command does", () => {
  const cases = JSON.parse(readFileSync(new URL("../../fences.json", import.meta.url), "utf8"));
  assert.ok(cases.length > 3);
  for (const { info, text, markup, problems } of cases) {
    const read = wanted(info);
    assert.equal(read.problems.length, problems, info);
    const attributes = Object.entries(read.attributes).map(([name, value]) => ` ${name}${value && `="${value}"`}`);
    assert.equal(`<offset-lab${attributes.join("")}><pre>${escaped(text)}</pre></offset-lab>`, markup);
  }
});

test("the mark is a word of its own", () => {
  assert.equal(behindName("offset-lab "), "");
  assert.equal(behindName("offset-lab,step=3 x"), ",step=3 x");
  assert.equal(behindName("offset-laboratory"), undefined);
  assert.equal(behindName("js offset-lab"), undefined);
});

test("other code is left alone", () => {
  const { node, said } = changed(page("js", null, "offset-lab"), { command: NONE });
  assert.deepEqual(node, { type: "code", lang: "js", meta: null, value: "offset-lab" });
  assert.deepEqual(said, []);
});

test("without the command the text stays, and that is said", () => {
  const { node, said } = changed(page("offset-lab", "step=3", "stream s"), { command: NONE });
  assert.deepEqual(node.data, { hName: "offset-lab", hProperties: { text: "stream s\n", step: "3" } });
  assert.equal(node.children[0].data.hName, "pre");
  assert.equal(node.children[0].children[0].children[0].value, "stream s\n");
  assert.match(said[0], /no command `no-such-command-as-this`/);
});

test("with it the picture is inside", { skip: process.platform === "win32" }, () => {
  const command = join(mkdtempSync(join(tmpdir(), "offset-lab-")), "draws");
  const svg = `<svg width="868" height="300"><title>Says \$* &amp; &lt;more&gt;</title>#'%é</svg>`;
  writeFileSync(command, `#!/bin/sh\ncat > /dev/null\ncat <<END\n${svg}\nEND\n`, { mode: 0o755 });
  const { node, said } = changed(page("offset-lab", "step=3 theme=dark editable", "stream s"), { command });
  assert.deepEqual(said, []);
  assert.deepEqual(node.data.hProperties, { text: "stream s\n", step: "3", theme: "dark", editable: "" });
  const picture = node.children[0].data;
  assert.equal(picture.hName, "img");
  const { src, width, height, alt } = picture.hProperties;
  assert.deepEqual([width, height], ["868", "300"]);
  assert.equal(alt, "Says render - --step 3 --theme dark -o - & <more>");
  assert.equal(decodeURIComponent(src.split(",")[1]), `${svg.replace("$*", "render - --step 3 --theme dark -o -")}\n`);
});

test("what the command complains of is said, and the text stays", () => {
  const { node, said } = changed(page("offset-lab", null, "nothing"), { command: "false" });
  assert.equal(node.children[0].data.hName, "pre");
  assert.deepEqual(said, ["`false` failed: exit status 1"]);
});
