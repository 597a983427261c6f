"""The element's markup, against the fences that all integrations read alike."""

import json
import pathlib
import tempfile
import unittest
from urllib.parse import unquote

from offset_lab_docs import Element

HERE = pathlib.Path(__file__).parent
NONE = "no-such-command-as-this"


class Fences(unittest.TestCase):
    def test_it_reads_fences_as_the_command_does(self):
        cases = json.loads((HERE / "../../fences.json").read_text())
        self.assertGreater(len(cases), 3)
        for case in cases:
            element = Element.of_words(case["text"], case["info"])
            self.assertEqual(len(element.problems), case["problems"], element.problems)
            self.assertEqual(element.markup(NONE), case["markup"])

    def test_without_the_command_that_is_said(self):
        element = Element("stream s\n", {"step": "3"})
        self.assertEqual(element.markup(NONE), '<offset-lab step="3"><pre>stream s&#10;</pre></offset-lab>')
        self.assertIn("no command `no-such-command-as-this`", element.problems[0])

    def test_with_it_the_picture_is_inside(self):
        with tempfile.TemporaryDirectory() as folder:
            command = pathlib.Path(folder, "draws")
            svg = "<svg width=\"868\" height=\"300\"><title>Says {} &amp; &lt;more&gt;</title>#'%é</svg>\n"
            command.write_text("#!/bin/sh\ncat > /dev/null\ncat <<END\n" + svg.replace("{}", "$*") + "END\n")
            command.chmod(0o755)
            element = Element("stream s\n", {"step": "3", "theme": "dark", "editable": ""})
            markup = element.markup(str(command))
        self.assertEqual(element.problems, [])
        said = "render - --step 3 --theme dark -o -"
        before, address, after = markup.split('"data:image/svg+xml,')[0], *markup.split('"data:image/svg+xml,')[1].split('"', 1)
        self.assertEqual(before, '<offset-lab step="3" theme="dark" editable text="stream s&#10;"><img src=')
        self.assertEqual(unquote(address), svg.replace("{}", said))
        self.assertEqual(after, f' width="868" height="300" alt="Says {said} &amp; &lt;more&gt;"></offset-lab>')

    def test_what_the_command_complains_of_is_said(self):
        element = Element("nothing\n", {})
        self.assertIn("<pre>", element.markup("false"))
        self.assertEqual(element.problems, ["`false` failed: exit status 1"])


if __name__ == "__main__":
    unittest.main()
