// A small site of Docusaurus whose scenarios are runs: what docs/embedding.md tells authors to write.
import remarkOffsetLab from "remark-offset-lab";

export default {
  title: "Docs about queues",
  url: "http://127.0.0.1",
  baseUrl: "/some/folder/",
  favicon: "offset-lab/icon.svg",
  onBrokenLinks: "throw",
  scripts: [{ src: "/some/folder/offset-lab/offset-lab.js", type: "module" }],
  presets: [
    [
      "classic",
      {
        docs: { routeBasePath: "/", sidebarPath: undefined, remarkPlugins: [remarkOffsetLab] },
        blog: false,
        pages: false,
      },
    ],
  ],
};
