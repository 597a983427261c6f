// Starts the app in the page's own element. A file of its own, because a strict Content-Security-Policy
// blocks inline scripts; what embeds the app in another page imports the same module instead.
import init, { mount } from "./offset-lab-www.js";

const place = document.getElementById("offset-lab");
try {
  await init();
  mount(place);
} catch (error) {
  place.textContent = `Offset Lab could not start: ${error}. It needs a browser with WebAssembly and JavaScript modules.`;
  throw error;
}
