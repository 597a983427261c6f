# A small site of Sphinx with Furo whose scenarios are runs: what docs/embedding.md tells authors to write.
project = "A manual about queues"
author = "Somebody"
html_theme = "furo"
html_theme_options = {"navigation_with_keys": True}
html_static_path = ["_static"]
html_favicon = "_static/offset-lab/icon.svg"
extensions = ["offset_lab_docs.sphinx"]
