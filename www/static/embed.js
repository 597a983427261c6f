// The page of a frame: `embed.html?lesson=NAME&step=N&controls=…&theme=…#LINK`. It tells the page around it how high it
// is; `resize.js` there makes the frame so high. A classic script: a sandboxed frame may load no module.
"use strict";

(() => {
  const wanted = new URLSearchParams(location.search);
  const lab = document.createElement("offset-lab");
  for (const name of ["lesson", "src", "step", "controls", "theme", "editable", "keys"]) {
    if (wanted.has(name)) lab.setAttribute(name, wanted.get(name));
  }
  const open = () => {
    if (location.hash.length > 1) lab.setAttribute("link", location.hash);
  };
  open();
  addEventListener("hashchange", open);
  document.body.append(lab);

  const missing = (name) => document.body.append(`${name} cannot be loaded.`);
  // An origin of its own, as in a frame with `sandbox`: there a page may load scripts, but neither modules nor files.
  if (self.origin === "null") {
    const name = "offset-lab.inline.js";
    const script = document.createElement("script");
    // A site may ask that addresses of scripts come from a policy which has a name (Trusted Types).
    const itself = (address) => address;
    const policy = self.trustedTypes?.createPolicy("offset-lab", { createScriptURL: itself });
    script.src = policy?.createScriptURL(`./${name}`) ?? `./${name}`;
    script.addEventListener("error", () => missing(name));
    document.head.append(script);
  } else {
    import("./offset-lab.js").catch(() => missing("offset-lab.js"));
  }

  if (parent !== self) {
    const tell = () => {
      const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
      parent.postMessage({ type: "offset-lab:height", height }, "*");
    };
    new ResizeObserver(tell).observe(document.documentElement);
  }
})();
