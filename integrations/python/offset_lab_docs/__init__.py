"""The element <offset-lab> as markup: a scenario with the attributes that a page gives it, and its picture inside.

Knows neither the page nor the tool that makes it, nor the rules of the lab: the command ``offset-lab`` draws.
"""

import html
import os
import re
import subprocess
from urllib.parse import quote

__all__ = ["Element", "VALUES", "is_value"]

#: The attributes that take a value, with what they take.
VALUES = {
    "step": re.compile(r"[0-9]{1,9}"),
    "controls": re.compile(r"full|mini|none"),
    "theme": re.compile(r"auto|light|dark"),
    "keys": re.compile(r"off"),
}
EXPECTED = "step=N, controls=full|mini|none, theme=auto|light|dark, keys=off, editable"


def is_value(name, value):
    """Whether the attribute takes this value; ``editable`` takes none."""
    if name == "editable":
        return value == ""
    return name in VALUES and VALUES[name].fullmatch(value) is not None


def _escaped(text):
    return html.escape(text, quote=True).replace("&#x27;", "'").replace("\n", "&#10;").replace("\r", "&#13;")


class Element:
    """A scenario as an element."""

    def __init__(self, text, attributes):
        self.text = text
        #: Those that it has, by name.
        self.attributes = {}
        #: What is wrong with it, a sentence each.
        self.problems = []
        for name, value in attributes.items():
            if is_value(name, value):
                self.attributes[name] = value
            else:
                word = f"{name}={value}" if value else name
                self.problems.append(f"`{word}` is no attribute of the element: it has {EXPECTED}")

    @classmethod
    def of_words(cls, text, info):
        """The element of the words behind the mark of a fence."""
        this = cls(text, {})
        for word in re.split(r"[\s,]+", info):
            name, is_pair, value = word.partition("=")
            if word:
                # An empty value is none: only a name by itself has none.
                read = cls(text, {name: value.strip("\"'") or (" " if is_pair else "")})
                this.attributes.update(read.attributes)
                this.problems += read.problems
        return this

    def markup(self, command=None):
        """The element on one line; ``problems`` says why it has no picture, where it has none."""
        picture = self._picture(command or os.environ.get("OFFSET_LAB") or "offset-lab")
        names = "".join(f' {name}="{value}"' if value else f" {name}" for name, value in self.attributes.items())
        text = _escaped(self.text)
        if picture is None:
            return f"<offset-lab{names}><pre>{text}</pre></offset-lab>"
        return f'<offset-lab{names} text="{text}">{picture}</offset-lab>'

    def _picture(self, command):
        step = self.attributes.get("step")
        moment = ["--opening"] if step is None else ["--step", step]
        theme = "dark" if self.attributes.get("theme") == "dark" else "light"
        call = [command, "render", "-", *moment, "--theme", theme, "-o", "-"]
        try:
            done = subprocess.run(call, input=self.text.encode(), capture_output=True, check=False)
        except OSError as error:
            self.problems.append(
                f"there is no command `{command}` that draws the picture ({error.strerror}): "
                "readers without JavaScript see the text"
            )
            return None
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            self.problems.append(said or f"`{command}` failed: exit status {done.returncode}")
            return None
        svg = done.stdout.decode()
        width, height = re.search(r' width="(\d+)" height="(\d+)"', svg).groups()
        alt = html.unescape(re.search(r"<title>([^<]*)</title>", svg).group(1))
        address = f"data:image/svg+xml,{quote(svg, safe='-_.,:;=/()')}"
        return f'<img src="{address}" width="{width}" height="{height}" alt="{_escaped(alt)}">'
