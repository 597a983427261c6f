// For a page with frames of Offset Lab: makes each as high as it says it is. Nothing else is read from a message, and
// only from frames of this page.
"use strict";

addEventListener("message", ({ data, source }) => {
  if (data?.type !== "offset-lab:height" || !Number.isFinite(data.height)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source) frame.style.height = `${Math.min(Math.max(data.height, 40), 10000)}px`;
  }
});
