// Not run: checked by tsc, as a project in TypeScript uses the package.
import { run, type Ran } from "offset-lab";

const ran: Ran = run("stream s\n");
const messages: number | string | null = ran.facts["s"]!["messages"]!;
const failed: string[] = ran.checks.filter((check) => !check.passed).map((check) => `${check.line}: ${check.why ?? check.actual}`);
// @ts-expect-error: a scenario is a text
run(3);
// @ts-expect-error: there is no such result
ran.nothing;
export { failed, messages };
