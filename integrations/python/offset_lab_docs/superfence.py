"""A custom fence of pymdownx.superfences: code blocks marked ``offset-lab`` become elements <offset-lab>.

Knows MkDocs only by the name of its log, in which warnings fail a strict build.
"""

import logging

from . import Element

log = logging.getLogger("mkdocs.plugins.offset_lab")


def validator(language, inputs, options, attrs, md):
    """Takes every word behind the mark: what is no attribute of the element is said where the fence is made."""
    options.update(inputs)
    return True


def fence(source, language, css_class, options, md, **kwargs):
    """The element of a fence."""
    # A name by itself comes as a pair of itself.
    given = {name: "" if value == name else str(value) for name, value in options.items()}
    element = Element(source.rstrip("\n") + "\n" if source.strip() else "", given)
    markup = element.markup()
    for problem in element.problems:
        log.warning("a scenario that begins with %r: %s", source.split("\n", 1)[0], problem)
    return markup
