// The app as one that is installed and works without network: for the app's own page only, never for pages that hold
// elements or frames. It knows files, and nothing of the lab.

/** Keeps the app's files once the page has what it needs, says when a newer version is there, and names the manifest. */
export async function offline() {
  // Only where the address is a safe one.
  const workers = navigator.serviceWorker;
  if (!workers) return;
  await loaded();
  const script = trusted(new URL("./sw.js", import.meta.url).href);
  // Where a person forbids the site to keep anything it works as before.
  const registration = await workers.register(script, { updateViaCache: "none" }).catch(() => undefined);
  if (!registration) return;
  sayWhenNewer(workers, registration);
  await workers.ready;
  if (await allowsManifest()) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "manifest", href: new URL("./manifest.webmanifest", import.meta.url).href });
    document.head.append(link);
  }
}

/** A site may ask that addresses of scripts come from a policy which has a name (Trusted Types), and may forbid that too. */
function trusted(address) {
  const itself = (script) => script;
  try {
    return self.trustedTypes?.createPolicy("offset-lab", { createScriptURL: itself }).createScriptURL(address) ?? address;
  } catch {
    return address;
  }
}

async function loaded() {
  if (document.readyState !== "complete") {
    await new Promise((done) => addEventListener("load", done, { once: true }));
  }
  // What is seen first comes first.
  if (self.requestIdleCallback) await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
}

function sayWhenNewer(workers, registration) {
  let isWanted = false;
  const look = () => {
    // The first version of all takes over by itself.
    if (!registration.waiting || !workers.controller || document.querySelector(".newer")) return;
    const notice = document.createElement("div");
    notice.className = "newer";
    notice.setAttribute("role", "status");
    const button = document.createElement("button");
    button.textContent = "Load it";
    button.addEventListener("click", () => {
      isWanted = true;
      registration.waiting?.postMessage("take over");
    });
    notice.append("A newer version of Offset Lab is here. ", button);
    document.body.append(notice);
  };
  const follow = () => registration.installing?.addEventListener("statechange", look);
  registration.addEventListener("updatefound", follow);
  follow();
  look();
  workers.addEventListener("controllerchange", () => {
    if (isWanted) location.reload();
  });
}

/** Whether the policies of the page let it load a manifest: where they do not, naming it would only be a violation. */
async function allowsManifest() {
  const page = await fetch(new URL("./", import.meta.url)).catch(() => undefined);
  const metas = document.querySelectorAll('meta[http-equiv="content-security-policy" i]');
  const policies = [page?.headers.get("content-security-policy") ?? "", ...Array.from(metas, (meta) => meta.content)];
  return policies.flatMap((policy) => policy.split(",")).every((policy) => {
    const all = policy.split(";").map((directive) => directive.trim().toLowerCase().split(/\s+/));
    const of = (name) => all.find(([first]) => first === name);
    const [, ...sources] = of("manifest-src") ?? of("default-src") ?? ["", "*"];
    return ["*", "'self'", location.protocol, location.origin].some((source) => sources.includes(source));
  });
}
