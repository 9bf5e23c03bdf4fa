# SPDX-License-Identifier: MIT
"""A library of the system's taken away, and put back, in a mount namespace of the caller's own."""

import ctypes
import os
import pathlib
import subprocess
import tempfile

CLONE_NEWNS = 0x00020000
MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 8, 4096, 16384, 1 << 18
LIBRARY = "libjansson.so.4"


def libc():
    return ctypes.CDLL(None, use_errno=True)


def mount(source, target, kind=None, flags=0):
    words = [word.encode() if word else None for word in (str(source), str(target), kind)]
    if libc().mount(*words, flags, None):
        raise OSError(ctypes.get_errno(), f"mount on {target}")


def library_path():
    """Where the loader finds the library; None if it is not installed."""
    answer = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False)
    for line in answer.stdout.splitlines():
        if line.split(" ")[0].strip() == LIBRARY:
            return pathlib.Path(line.rsplit("=> ", 1)[1]).resolve().parent / LIBRARY
    return None


def hide(library):
    """In a new namespace: the library's folder again, as links, without the library."""
    if libc().unshare(CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "unshare")
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    folder = library.parent
    names = os.listdir(folder)
    whole = tempfile.mkdtemp(prefix="chat-whole-")
    mount(folder, whole, None, MS_BIND)
    mount("tmpfs", folder, "tmpfs")
    for name in names:
        if not name.startswith("libjansson.so"):
            os.symlink(f"{whole}/{name}", folder / name)
    return whole


def why_not():
    if os.geteuid() != 0:
        return "only root can make a mount namespace"
    if not library_path():
        return f"{LIBRARY} is not installed"
    child = os.fork()
    if child == 0:
        os._exit(1 if libc().unshare(CLONE_NEWNS) or
                 libc().mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None) else 0)
    return "this container forbids mount namespaces" if os.waitpid(child, 0)[1] else None


def put_back(library, whole):
    """What hide() took away is there again, in that namespace."""
    for name in os.listdir(whole):
        if name.startswith("libjansson.so"):
            os.symlink(f"{whole}/{name}", library.parent / name)
