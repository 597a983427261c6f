// Starts the app in the page's own element. A file of its own, because a strict Content-Security-Policy
// blocks inline scripts; what embeds the app in another page imports the same module instead.
import { offline } from "./offline.js";
import init, { mount } from "./offset-lab-app.js";

const place = document.getElementById("offset-lab");
try {
  await init();
  mount(place, { fragment: location.hash, address: new URL("./", import.meta.url).href, preview });
  offline();
} catch (error) {
  place.textContent = `Offset Lab could not start: ${error}. It needs a browser with WebAssembly and JavaScript modules.`;
  throw error;
}

/** Shows in `holder` what a page with such an element would show. */
async function preview(holder, attributes, text) {
  await import("./offset-lab.js");
  const lab = document.createElement("offset-lab");
  for (const [name, value] of Object.entries(attributes)) lab.setAttribute(name, value);
  lab.text = text;
  holder.replaceChildren(lab);
}
