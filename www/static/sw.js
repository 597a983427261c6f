// Keeps the app's own files, all of one version, so that the app works without network. The build puts version and files
// here; without them (`cargo xtask serve`) it keeps nothing. It knows only the app's own page: what other pages show, in
// elements and in frames, goes past it.
const VERSION = "development";
const FILES = [];

const PAGE = new URL("./", self.location).href;
const KEPT = new Set(FILES.map((file) => new URL(file, PAGE).href));
// Other apps, and other copies of this one, may have the same origin.
const PREFIX = `offset-lab ${PAGE} `;
const NAME = PREFIX + VERSION;

/** An address without what stands behind the file. */
const bare = (address) => address.replace(/[?#].*$/s, "");
const isPage = (address) => bare(address) === PAGE || bare(address) === `${PAGE}index.html`;

async function keep() {
  const cache = await caches.open(NAME);
  // What the browser has just loaded for the page is asked for again, and not sent again if it is the same.
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

async function forgetOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer({ request, clientId }) {
  const client = request.mode === "navigate" ? null : await self.clients.get(clientId);
  if (client && !isPage(client.url)) return fetch(request);
  const file = request.mode === "navigate" ? PAGE : bare(request.url);
  const cache = await caches.open(NAME);
  return (await cache.match(file)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(FILES.length === 0 ? self.skipWaiting() : keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const isOurs = mode === "navigate" ? isPage(url) : KEPT.has(bare(url));
  if (method === "GET" && KEPT.size > 0 && isOurs) event.respondWith(answer(event));
});
// The page asks for it when its reader does.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
