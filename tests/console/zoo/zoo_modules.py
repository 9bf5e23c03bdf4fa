# SPDX-License-Identifier: MIT
"""What is in the zoo: sources and links of every module that a compiler makes."""

HEAD = """
#include "snapin-note.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
struct Descriptor { SnapinDescriptorHead head; void *open; };
int start(const void *host, GError **error);
"""
NOTE = 'SNAPIN_DEFINE_NOTE({major}, {minor}, "{id}", "1.0", "{host}");\n'
DESCRIPTOR = """
extern __attribute__((visibility("default"))) const struct Descriptor chat_console_snapin_1;
const struct Descriptor chat_console_snapin_1 = {{
    {{{size}, {major}, {minor}, "{descriptor_id}", "{version}", (void *){init}}}, NULL}};
"""


STARTS = "int start(const void *host, GError **error) { return 1; }\n"


def source(name, body=STARTS, note=True, descriptor=True, **values):
    """The C text of a snap-in called `name`; values replace what is right with what is wrong."""
    fields = {"id": name, "major": 1, "minor": 0, "host": "", "version": "1.0",
              "size": "sizeof(struct Descriptor)", "descriptor_id": values.get("id", name),
              "init": "start"}
    fields.update(values)
    text = HEAD
    text += NOTE.format(**fields) if note else ""
    text += DESCRIPTOR.format(**fields) if descriptor else ""
    return text + body


def constructor(statement):
    return STARTS + f"__attribute__((constructor)) static void at_load(void) {{ {statement} }}\n"


def with_init(name, statements):
    """A sound snap-in whose init() does this: for the host's stages 9 and 10."""
    return source(name, STARTS.replace("return 1;", statements))


def calls(*functions):
    lines = [f"extern int {f}(void);\n" for f in functions]
    total = " + ".join(f"{f}()" for f in functions)
    return STARTS + "".join(lines) + f"int use_all(void); int use_all(void) {{ return {total}; }}\n"


# Libraries that modules need. Those under "linked" exist while linking only.
LIBRARIES = {
    "linked/libzoo-absent.so.1": "int absent(void); int absent(void) { return 1; }",
    "linked/libzoo-gone.so.2": "int gone(void); int gone(void) { return 1; }",
    "linked/libzoo-deep.so.1": "int deep(void); int deep(void) { return 1; }",
    "linked/libzoo-text.so.1": "int text(void); int text(void) { return 1; }",
    "linked/libzoo-cut.so.1": "int cut(void); int cut(void) { return 1; }",
    "linked/libzoo-foreign.so.1": "int foreign(void); int foreign(void) { return 1; }",
    "linked/libzoo-uncached.so.1": "int uncached(void); int uncached(void) { return 1; }",
}
# The checker passes these; what they do when they are started is the host's matter.
STARTED = {
    "init-good": "return 1;",
    "init-refused": "g_set_error_literal(error, g_quark_from_string(\"zoo\"), 1, "
                    "\"the moon is not in the right quarter\"); return 0;",
    "init-silent": "return 0;",
    "init-crash": "*(volatile int *)NULL = 1; return 1;",
}
MODULES = {
    "good": dict(text=source("good")),
    "missing-dependency": dict(text=source("missing-dependency", calls("absent")),
                               link=["linked/libzoo-absent.so.1"]),
    "missing-two": dict(text=source("missing-two", calls("absent", "gone")),
                        link=["linked/libzoo-absent.so.1", "linked/libzoo-gone.so.2"]),
    "missing-deep": dict(text=source("missing-deep", calls("middle")), link=["lib/libzoo-middle.so.1"]),
    "missing-version": dict(text=source("missing-version", calls("newer")),
                            link=["linked/libzoo-versioned.so.1"]),
    "undefined-symbol": dict(text=source("undefined-symbol", calls("zoo_is_defined_nowhere"))),
    "dependency-text": dict(text=source("dependency-text", calls("text")),
                            link=["linked/libzoo-text.so.1"]),
    "dependency-cut": dict(text=source("dependency-cut", calls("cut")),
                           link=["linked/libzoo-cut.so.1"]),
    "dependency-foreign": dict(text=source("dependency-foreign", calls("foreign")),
                               link=["linked/libzoo-foreign.so.1"]),
    "dependency-uncached": dict(text=source("dependency-uncached", calls("uncached")),
                                link=["linked/libzoo-uncached.so.1"]),
    "not-loadable": dict(text=source("not-loadable"), flags=["-Wl,-z,nodlopen"]),
    "not-a-snapin": dict(text=source("not-a-snapin", note=False)),
    "abi-too-old": dict(text=source("abi-too-old", major=0, minor=9)),
    "abi-new-major": dict(text=source("abi-new-major", major=2)),
    "abi-new-minor": dict(text=source("abi-new-minor", minor=77)),
    "host-too-old": dict(text=source("host-too-old", host="99.1")),
    "bad-note-id": dict(text=source("bad-note-id", id="Bad Id")),
    "crash": dict(text=source("crash", constructor(
        "write(2, \"about to fall\\n\", 14); *(volatile int *)NULL = 1;"))),
    "abort": dict(text=source("abort", constructor("abort();"))),
    "exit": dict(text=source("exit", constructor("_exit(42);"))),
    "exit-good": dict(text=source("exit-good", constructor("exit(0);"))),
    "hang": dict(text=source("hang", constructor("for (;;) pause();"))),
    "no-entry-point": dict(text=source("no-entry-point", descriptor=False)),
    "mismatch-id": dict(text=source("mismatch-id", descriptor_id="somebody-else")),
    "mismatch-version": dict(text=source("mismatch-version", version="2.0")),
    "mismatch-size": dict(text=source("mismatch-size", size="4")),
    "no-init": dict(text=source("no-init", init="NULL")),
    "mismatch-abi": dict(text=source("mismatch-abi").replace("{sizeof(struct Descriptor), 1, 0,",
                                                           "{sizeof(struct Descriptor), 1, 9,")),
}
for _name, _statements in STARTED.items():
    MODULES[_name] = dict(text=with_init(_name, _statements), flags=["-lglib-2.0"])
