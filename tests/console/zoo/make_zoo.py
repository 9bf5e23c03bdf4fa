#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Builds the zoo: one broken module per way in which a snap-in can fail to load.

Usage: make_zoo.py FOLDER STAMP INCLUDE -- COMPILER...
"""

import os
import pathlib
import shutil
import struct
import subprocess
import sys

import zoo_modules

ELF_CLASS, ELF_DATA, ELF_MACHINE = 4, 5, 18
MACHINE_X86_64, MACHINE_AARCH64 = 62, 183


class Zoo:
    def __init__(self, folder, include, compiler):
        self.folder = pathlib.Path(folder)
        self.compiler = compiler
        glib = subprocess.run(["pkg-config", "--cflags", "glib-2.0"], check=True, text=True,
                              capture_output=True).stdout.split()
        self.flags = ["-std=gnu17", "-O1", "-fPIC", "-w", f"-I{include}", *glib]

    def run(self, *words):
        answer = subprocess.run([*self.compiler, *map(str, words)], text=True, capture_output=True,
                                check=False)
        if answer.returncode:
            sys.exit(f"{' '.join(map(str, words))}\n{answer.stderr}")

    def write(self, name, content, mode=0o644):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return path

    def compile(self, text, target, *flags, source=None):
        file = self.write(f"source/{source or target.replace('/', '-')}.c", text)
        (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
        self.run(*self.flags, file, "-o", self.folder / target, *flags)

    def library(self, target, text, *flags):
        soname = pathlib.PurePath(target).name
        self.compile(text, target, "-shared", f"-Wl,-soname,{soname}", *flags)

    def module(self, name, text, link=(), flags=()):
        links = [self.folder / library for library in link]
        self.compile(text, f"{name}.so", "-shared", "-fvisibility=hidden",
                     "-Wl,--no-as-needed,--allow-shlib-undefined,--enable-new-dtags,-rpath,$ORIGIN/lib", *links, *flags)
        (self.folder / f"{name}.so").chmod(0o644)

    def patched(self, original, name, offset, value):
        content = bytearray((self.folder / original).read_bytes())
        content[offset:offset + len(value)] = value
        self.write(name, bytes(content))


def make_libraries(zoo):
    for target, text in zoo_modules.LIBRARIES.items():
        zoo.library(target, text)
    zoo.library("lib/libzoo-middle.so.1",
                "int deep(void); int middle(void); int middle(void) { return deep(); }",
                zoo.folder / "linked/libzoo-deep.so.1")
    old = zoo.write("source/old.map", "ZOO_1.0 { global: older; };")
    new = zoo.write("source/new.map",
                    "ZOO_1.0 { global: older; }; ZOO_2.0 { global: newer; } ZOO_1.0;")
    text = "int older(void); int older(void) { return 1; }\n"
    zoo.library("lib/libzoo-versioned.so.1", text, f"-Wl,--version-script,{old}")
    zoo.library("linked/libzoo-versioned.so.1",
                text + "int newer(void); int newer(void) { return 2; }\n",
                f"-Wl,--version-script,{new}")
    zoo.write("lib/libzoo-text.so.1", "This is what a failed download leaves behind.\n")
    whole = (zoo.folder / "linked/libzoo-cut.so.1").read_bytes()
    zoo.write("lib/libzoo-cut.so.1", whole[:len(whole) // 3])
    zoo.patched("linked/libzoo-foreign.so.1", "lib/libzoo-foreign.so.1", ELF_MACHINE,
                foreign_machine())
    zoo.patched("linked/libzoo-uncached.so.1", "uncached/libzoo-uncached.so.1", 0, b"\x7fELF")


def foreign_machine():
    mine = os.uname().machine
    return struct.pack("=H", MACHINE_X86_64 if mine == "aarch64" else MACHINE_AARCH64)


def make_files(zoo):
    good = (zoo.folder / "good.so").read_bytes()
    is_64, is_little = good[ELF_CLASS] == 2, good[ELF_DATA] == 1
    zoo.patched("good.so", "wrong-class.so", ELF_CLASS, b"\x01" if is_64 else b"\x02")
    zoo.patched("good.so", "wrong-order.so", ELF_DATA, b"\x02" if is_little else b"\x01")
    zoo.patched("good.so", "wrong-machine.so", ELF_MACHINE, foreign_machine())
    zoo.write("truncated.so", good[:len(good) // 3])
    zoo.write("header-only.so", good[:40])
    zoo.write("empty.so", b"")
    zoo.write("script.so", "#!/bin/sh\necho I am no module\n")
    zoo.write("lfs-pointer.so", "version https://git-lfs.github.com/spec/v1\n"
              f"oid sha256:{'ab' * 32}\nsize 12345\n")
    zoo.write("zeros.so", bytes(8192))
    zoo.write("web-page.so", "<!DOCTYPE html>\n<title>404 Not Found</title>\n")
    zoo.write("linker-script.so", "/* GNU ld script */\nINPUT(-lc)\n")
    zoo.write("archive.so", b"!<arch>\n" + b"x" * 60)
    zoo.write("unknown.so", b"\x01\x02\x03\x04" + b"\xff" * 60)
    zoo.write("world-writable.so", good, 0o666)
    zoo.write("open-folder/good.so", good).parent.chmod(0o777)
    zoo.write("unreadable.so", good, 0o000)
    zoo.write("closed-folder/good.so", good)
    (zoo.folder / "dangling.so").symlink_to("nowhere/chatcfg.so.1")
    (zoo.folder / "link.so").symlink_to("good.so")
    (zoo.folder / "folder.so").mkdir()
    os.mkfifo(zoo.folder / "pipe.so")
    zoo.compile("int main(void) { return 0; }", "pie-program.so", "-fPIE", "-pie")
    zoo.compile("int main(void) { return 0; }", "program.so", "-fno-pie", "-no-pie")
    zoo.compile("int one(void) { return 1; }", "object.so", "-c")
    if shutil.which("pkg-config") and not subprocess.run(["pkg-config", "--exists", "jansson"],
                                                         check=False).returncode:
        text = zoo_modules.source("jansson-user", zoo_modules.calls("json_null"))
        zoo.module("jansson-user", text, flags=["-ljansson"])


def main():
    folder, stamp, include, dashes, *compiler = sys.argv[1:]
    assert dashes == "--"
    shutil.rmtree(folder, ignore_errors=True)
    zoo = Zoo(folder, include, compiler)
    make_libraries(zoo)
    for name, values in zoo_modules.MODULES.items():
        zoo.module(name, **values)
    make_files(zoo)
    pathlib.Path(stamp).write_text("\n".join(sorted(os.listdir(folder))) + "\n")


if __name__ == "__main__":
    main()
