#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The checkers catch what they are for: each is run on a small tree with one thing wrong."""

import pathlib
import tempfile
import unittest

import check_format
import check_headers
import check_layers
import check_shape
import tap

C = "/* SPDX-License-Identifier: MIT */\n"
HEADER = C + "/* Noun: x. Thread: state. */\n#pragma once\n"
LAYERS = "base:\nnet: base\nproto: base\ndomain: base proto\ntop: *\n"


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("service/layers.txt", LAYERS)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if not (path.parent / "README.md").exists():
            (path.parent / "README.md").write_text("# here\n")


class Layers(Tree):
    def refused(self, name, text, word):
        self.write(name, C + text)
        problems = check_layers.check(self.root)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(word, problems[0])
        self.assertTrue(problems[0].startswith(name + ":2:"), problems)

    def test_allowed(self):
        self.write("service/domain/user.c", C + '#include "domain/user.h"\n#include "proto/mask.h"\n')
        self.write("service/server.c", C + '#include "net/conn.h"\n#include "domain/user.h"\n')
        self.write("console/main.c", C + '#include "snapin.h"\n')
        self.write("chatcfg/page.c", C + '#include "control.h"\n#include "snapin.h"\n')
        self.assertEqual(check_layers.check(self.root), [])

    def test_sideways(self):
        self.refused("service/net/conn.c", '#include "domain/user.h"\n', "net may not include domain")

    def test_upwards(self):
        self.refused("service/proto/mask.c", '#include "domain/user.h"\n', "proto may not include")

    def test_top_from_below(self):
        self.write("service/server.h", HEADER)
        self.refused("service/domain/user.c", '#include "server.h"\n', "top's server.h")

    def test_layer_without_row(self):
        self.write("service/extra/x.c", C)
        self.assertIn("no row", "".join(check_layers.check(self.root)))

    def test_snapin_in_service(self):
        self.refused("service/main.c", '#include "snapin.h"\n', "snapin.h")

    def test_control_in_console(self):
        self.refused("console/main.c", '#include "control.h"\n', "control.h")

    def test_service_in_console(self):
        self.write("service/base/line.h", HEADER)
        self.refused("console/main.c", '#include "base/line.h"\n', "service's")

    def test_glib_locks(self):
        self.refused("service/net/conn.c", "static GMutex lock;\n", "pthreads")

    def test_gobject(self):
        self.refused("service/net/conn.c", "#include <gio/gio.h>\n", "without GObject")

    def test_logging_domain(self):
        self.refused("service/domain/user.c", '#include "base/log.h"\n', "domain may not use")

    def test_code_among_contracts(self):
        self.write("include/control.c", C)
        self.assertIn("contracts only", "".join(check_layers.check(self.root)))


class Shape(Tree):
    def refused(self, name, text, word, line=None):
        self.write(name, text)
        problems = check_shape.check(self.root)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(word, problems[0])
        if line:
            self.assertTrue(problems[0].startswith(f"{name}:{line}:"), problems)

    def test_allowed(self):
        self.write("service/base/line.h", HEADER)
        self.write("service/base/line.c", C + '#include "base/line.h"\n' + "int x;\n" * 498)
        self.write("service/base/long.c", C + "int\nf(void)\n{\n" + "\tg();\n" * 58 + "}\n")
        self.write("tests/unit/base/test_line.c", C)
        self.write("tests/unit/base/test_line_threads.c", C)
        self.assertEqual(check_shape.check(self.root), [])

    def test_long_file(self):
        self.refused("service/base/line.c", C + "int x;\n" * 500, "501 lines", 501)

    def test_long_header(self):
        self.refused("service/base/line.h", HEADER + "int x;\n" * 150, "153 lines", 151)

    def test_long_test(self):
        self.refused("tests/e2e/test_x.py", "# SPDX-License-Identifier: MIT\n" * 501, "501 lines")

    def test_long_function(self):
        body = C + "int\nf(void)\n{\n" + "\tg();\n" * 59 + "}\n"
        self.refused("service/base/line.c", body, "function of 61 lines", 4)

    def test_long_table_is_no_function(self):
        self.write("service/base/line.c", C + "int table[] = {\n" + "\t1,\n" * 100 + "};\n")
        self.assertEqual(check_shape.check(self.root), [])

    def test_licence(self):
        self.refused("service/base/line.c", "int x;\n", "first line", 1)

    def test_licence_of_script(self):
        self.refused("tests/e2e/x.py", "#!/usr/bin/python3\nprint()\n", "first line", 1)

    def test_pragma(self):
        self.refused("service/base/line.h", C + "/* Thread: any */\nint x;\n", "pragma once", 1)

    def test_thread(self):
        self.refused("service/base/line.h", C + "/* Line. */\n#pragma once\n", "'Thread:'", 2)

    def test_console_header_needs_no_thread(self):
        self.write("console/line.h", C + "/* Line. */\n#pragma once\n")
        self.assertEqual(check_shape.check(self.root), [])

    def test_own_header_first(self):
        self.write("service/base/line.h", HEADER)
        text = C + '#include <glib.h>\n#include "base/line.h"\n'
        self.refused("service/base/line.c", text, "included first", 2)

    def test_mirror(self):
        self.refused("tests/unit/base/test_nothing.c", C, "no file nothing.c")

    def test_readme(self):
        self.write("service/base/line.c", C)
        (self.root / "service/base/README.md").unlink()
        self.assertIn("README.md", "".join(check_shape.check(self.root)))


class Headers(Tree):
    def check(self):
        return check_headers.check(self.root, self.root / "cache")

    def test_alone_and_not(self):
        self.write("service/base/line.h", HEADER + "#include <glib.h>\ngboolean f(void);\n")
        self.assertEqual(self.check(), [])
        self.write("service/base/user.h", HEADER + "size_t f(void);\n")
        problems = self.check()
        self.assertEqual(len(problems), 1, problems)
        self.assertIn("service/base/user.h: does not compile by itself", problems[0])

    def test_change_below_is_seen(self):
        self.write("service/base/low.h", HEADER + "typedef int Low;\n")
        self.write("service/base/high.h", HEADER + '#include "base/low.h"\nLow f(void);\n')
        self.assertEqual(self.check(), [])
        self.write("service/base/low.h", HEADER + "typedef int Other;\n")
        self.assertIn("high.h", "".join(self.check()))


class Format(Tree):
    def setUp(self):
        super().setUp()
        self.formatter = check_format.find_formatter()
        if not self.formatter:
            self.skipTest("clang-format 14 (Debian 12's) is not here")
        self.write(".clang-format", "BasedOnStyle: LLVM\n")

    def test_only_the_wrong_file_is_named(self):
        self.write("service/base/good.c", C + "int x;\n")
        self.write("service/base/bad.c", C + "int   x;\n")
        for _ in range(2):
            problems = check_format.check(self.root, self.root / "cache/format", self.formatter)
            self.assertEqual(len(problems), 1, problems)
            self.assertTrue(problems[0].startswith("service/base/bad.c:2:"), problems)


if __name__ == "__main__":
    tap.main()
