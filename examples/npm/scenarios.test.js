// Scenarios as tests of a project in JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";

import { run } from "offset-lab";

test("what was not stored comes again", () => {
  const ran = run(`
stream orders
producer shop on orders
publish shop 100 "order {n}"
run
consumer billing on orders from first store every 10 takes 1ms
run until billing.last == 27
crash billing
restart billing
run
expect billing.redelivered == 8
`);
  assert.deepEqual(ran.diagnostics, []);
  assert.ok(ran.checks.every((check) => check.passed), JSON.stringify(ran.checks));
  // The facts are those of the command line, and so is the digest.
  assert.equal(ran.facts.billing.redelivered, 8);
  assert.equal(ran.facts.world.time, 121000);
  assert.equal(ran.digest, "91e67308059be68f");
  assert.equal(ran.events, 139);
  assert.deepEqual(ran.console[0], { time_us: 9000, actor: "billing", text: "first message: offset 0" });
});

test("a text with problems is not run", () => {
  const ran = run("nothing\n");
  assert.equal(ran.digest, null);
  assert.deepEqual(ran.facts, {});
  assert.equal(ran.diagnostics[0].line, 1);
  assert.ok(ran.diagnostics[0].message.length > 0);
});
