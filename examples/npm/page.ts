// Not run: checked by tsc, as a page in TypeScript uses the element.
import "offset-lab/offset-lab.js";
import type { OffsetLabElement } from "offset-lab/offset-lab.d.ts";

const lab: OffsetLabElement = document.createElement("offset-lab");
lab.text = "stream s\n";
lab.step = 3;
lab.addEventListener("offset-lab:step", (event) => console.log(event.detail.narration.length + event.detail.step));
lab.ready.then((ready) => ready.facts()?.["s"]);
// @ts-expect-error: a step is a number
lab.step = "3";
// @ts-expect-error: how many there are follows from the run
lab.steps = 3;
