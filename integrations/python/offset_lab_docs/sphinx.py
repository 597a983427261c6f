"""An extension of Sphinx: the directive ``offset-lab`` and code blocks of that name become elements <offset-lab>.

Pages get the element's script where they hold one; what is no HTML shows the scenario as a text.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import Element, is_value

log = logging.getLogger(__name__)


class offset_lab(nodes.General, nodes.Element):
    """A scenario; its text is what other builders show."""


class OffsetLab(SphinxDirective):
    """``.. offset-lab:: [FILE]`` with the element's attributes as options."""

    has_content = True
    optional_arguments = 1
    option_spec = {
        "step": directives.unchanged,
        "controls": directives.unchanged,
        "theme": directives.unchanged,
        "keys": directives.unchanged,
        "editable": directives.flag,
    }

    def run(self):
        if self.arguments:
            if self.content:
                raise self.error("offset-lab: a scenario comes from a file or stands here, not both")
            relative, path = self.env.relfn2path(self.arguments[0])
            self.env.note_dependency(relative)
            try:
                with open(path, encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError) as error:
                raise self.error(f"offset-lab: cannot read {self.arguments[0]}: {error}") from error
        else:
            text = "\n".join(self.content) + "\n"
        given = {name: value or "" for name, value in self.options.items()}
        for name, value in given.items():
            if not is_value(name, value):
                raise self.error(f"offset-lab: `{value}` is no value of `{name}`")
        return [_node(text, given, self.get_source_info())]


def _node(text, given, place):
    node = offset_lab(text=text, given=given)
    node.source, node.line = place
    return node


def of_code_blocks(app, doctree):
    """Code blocks of the name are scenarios too: Markdown has no other way to say so."""
    for block in list(doctree.findall(nodes.literal_block)):
        if block.get("language") == "offset-lab":
            text = block.astext().rstrip("\n") + "\n"
            block.replace_self(_node(text, {}, (block.source, block.line)))


def add_script(app, pagename, templatename, context, doctree):
    """The element's script, on pages that need it."""
    if doctree is not None and next(iter(doctree.findall(offset_lab)), None) is not None:
        app.add_js_file(app.config.offset_lab_script, type="module")


def visit_html(self, node):
    """The element."""
    element = Element(node["text"], node["given"])
    self.body.append(element.markup() + "\n")
    for problem in element.problems:
        log.warning("%s", problem, location=node, type="offset_lab")
    raise nodes.SkipNode


def visit_other(self, node):
    """A block of code."""
    block = nodes.literal_block(node["text"], node["text"], language="none")
    block.parent = node.parent
    block.document = node.document
    block.walkabout(self)
    raise nodes.SkipNode


def setup(app):
    """Called by Sphinx."""
    app.add_config_value("offset_lab_script", "offset-lab/offset-lab.js", "html")
    others = {name: (visit_other, None) for name in ("latex", "text", "man", "texinfo")}
    app.add_node(offset_lab, html=(visit_html, None), **others)
    app.add_directive("offset-lab", OffsetLab)
    app.connect("doctree-read", of_code_blocks)
    app.connect("html-page-context", add_script)
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
