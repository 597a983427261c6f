// Fences of any page as elements: what Markdown marks as `offset-lab` and a tool left as a block of code. A classic
// script, because every tool can put one into its pages; it loads the element from beside itself, where there is one.
(() => {
  const ELEMENT = new URL("./offset-lab.js", document.currentScript.src).href;
  const FENCES = "pre > code.language-offset-lab, pre > code.lang-offset-lab, pre.offset-lab, .highlight-offset-lab pre";
  // Tools that keep the words behind the mark make classes of them.
  const WORD = /^(step|controls|theme|keys)=(.+)$/;
  let loading;

  function work() {
    for (const code of document.querySelectorAll(FENCES)) {
      if (code.closest("offset-lab")) continue;
      const lab = document.createElement("offset-lab");
      lab.setAttribute("text", code.textContent);
      for (const word of code.classList) {
        const [, name, value] = WORD.exec(word) ?? [];
        if (name) lab.setAttribute(name, value);
      }
      const block = code.closest(".highlight-offset-lab") ?? code.closest("pre");
      block.replaceWith(lab);
      // Until it is looked at the text stands there, as without the script.
      lab.append(block);
    }
    if (document.querySelector("offset-lab")) loading ??= import(ELEMENT);
  }

  // Pages change without being loaded anew: by navigation without reload, or while they are written.
  new MutationObserver(work).observe(document.documentElement, { childList: true, subtree: true });
  work();
})();
