# SPDX-License-Identifier: MIT
"""A console under test, seen and driven through its accessible tree."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LIMIT = 20.0
MOST_CHILDREN = 200
BUILD = pathlib.Path(os.environ["CHAT_BUILD_ROOT"])
PROGRAM = os.environ.get("CHAT_CONSOLE_PROGRAM", str(BUILD / "console" / "chat-console"))
SHOTS = BUILD / "screenshots"


class Timeout(AssertionError):
    pass


def wait(condition, what, limit=LIMIT):
    """What the condition gives once it is true; it is asked again and again."""
    end = time.monotonic() + limit
    while True:
        try:
            found = condition()
        except GLib.Error:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Timeout(f"not within {limit} s: {what}")
        time.sleep(0.02)


def children(node):
    for index in range(min(node.get_child_count(), MOST_CHILDREN)):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node, depth=40):
    yield node
    if depth > 0 and node.get_role_name() not in ("table", "tree table"):
        for child in children(node):
            yield from walk(child, depth - 1)


def is_showing(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


class Console:
    """One chat-console; a folder of snap-ins and a home of state of its own."""

    def __init__(self, folder, arguments=(), environment=None, state=None):
        self.home = tempfile.TemporaryDirectory(prefix="console-state-")
        self.state = pathlib.Path(state or self.home.name)
        self.log = open(self.state / "stderr.txt", "a+", encoding="utf-8")
        self.arguments = [PROGRAM, *(["--snapin-dir", str(folder)] if folder else []), *arguments]
        self.environment = dict(os.environ, XDG_STATE_HOME=str(self.state))
        self.environment.pop("LD_LIBRARY_PATH", None)  # a library taken away is away
        self.environment.update(environment or {})
        self.process = None
        self.root = None
        self.started = 0.0

    def start(self):
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.arguments, env=self.environment, stderr=self.log)
        self.root = wait(self._find_application, "the console's window")
        return self

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the console ended with {self.process.returncode}: {self.errors()}")
        desktop = Atspi.get_desktop(0)
        for application in children(desktop):
            if application.get_process_id() == self.process.pid and application.get_child_count():
                return application
        return None

    def errors(self):
        self.log.flush()
        return (self.state / "stderr.txt").read_text()

    def stop(self):
        """Ends it as a user does; what it says on leaving counts."""
        if self.process and self.process.poll() is None:
            self.key("ctrl+q")
            try:
                self.process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGKILL)
                self.process.wait()
                raise
        return self.process.returncode if self.process else None

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.home.cleanup()

    # ---- finding ----

    def find(self, role=None, name=None, ident=None, showing=True, root=None):
        for node in walk(root or self.root):
            if role and node.get_role_name() != role:
                continue
            if name and name not in (node.get_name() or "") and name not in label_of(node):
                continue
            if ident and node.get_accessible_id() != ident:
                continue
            if showing and not is_showing(node):
                continue
            return node
        return None

    def get(self, role=None, name=None, ident=None, showing=True, root=None, limit=LIMIT):
        what = f"{role or 'anything'} {name or ''} {ident or ''}"
        return wait(lambda: self.find(role, name, ident, showing, root), what, limit)

    def gone(self, role=None, name=None, ident=None):
        wait(lambda: not self.find(role, name, ident), f"{role} {name} {ident} goes away")

    def texts(self, root=None):
        """All that can be read in the window now."""
        lines = []
        for node in walk(root or self.root):
            if node.get_role_name() == "label" and is_showing(node):
                lines.append(text_of(node))
        return lines

    def wait_text(self, part, limit=LIMIT):
        return wait(lambda: next((t for t in self.texts() if part in t), None),
                    f"the text {part!r}", limit)

    # ---- doing ----

    def press(self, name, role="push button", root=None):
        button = self.get(role, name, root=root)
        wait(lambda: is_sensitive(button), f"{name} can be pressed")
        Atspi.Action.do_action(button, 0)

    def key(self, *names):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)

    def tree(self):
        return self.get(ident="scope-tree")

    def tree_row(self, title):
        return row_of(self.tree(), title)

    def tree_texts(self, title):
        """All that stands in the node's row."""
        tree, row = self.tree(), self.tree_row(title)
        cells = [Atspi.Table.get_accessible_at(tree, row, column)
                 for column in range(Atspi.Table.get_n_columns(tree))]
        return [(node.get_name() or "").strip() for cell in cells for node in [cell, *children(cell)]]

    def select_node(self, title):
        row = wait(lambda: self.tree_row(title) is not None and self.tree_row(title) + 1,
                   f"the node {title}") - 1
        Atspi.Table.add_row_selection(self.tree(), row)

    def expand_node(self, title):
        row = wait(lambda: self.tree_row(title) is not None and self.tree_row(title) + 1,
                   f"the node {title}") - 1
        tree = self.tree()
        for column in range(Atspi.Table.get_n_columns(tree)):
            cell = Atspi.Table.get_accessible_at(tree, row, column)
            for node in [cell, *children(cell)]:
                for index in range(node.get_n_actions() if node.get_action_iface() else 0):
                    if "expand" in Atspi.Action.get_action_name(node, index):
                        Atspi.Action.do_action(node, index)
                        return

    def list(self):
        return self.get(ident="result-list")

    def n_rows(self):
        return Atspi.Table.get_n_rows(self.list())

    def cell(self, row, column):
        return cell_text(self.list(), row, column)

    def press_header(self, title):
        table = self.list()
        for column in range(Atspi.Table.get_n_columns(table)):
            header = Atspi.Table.get_column_header(table, column)
            if header is not None and title in (header.get_name() or ""):
                Atspi.Action.do_action(header, 0)
                return
        raise AssertionError(f"no column {title}")

    def select_rows(self, *rows):
        table = self.list()
        for row in rows:
            Atspi.Table.add_row_selection(table, row)

    def unselect_rows(self, *rows):
        table = self.list()
        for row in rows:
            Atspi.Table.remove_row_selection(table, row)

    def status(self):
        return text_of(self.get(ident="status-line"))

    def shot(self, name):
        """A picture for people: taken once two in a row are equal."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}.png"
        seen = []

        def settled():
            seen.append(subprocess.run(["import", "-window", "root", "png:-"], check=True,
                                       capture_output=True).stdout)
            return len(seen) > 1 and pixels(seen[-1]) == pixels(seen[-2])

        wait(settled, "a still picture")
        path.write_bytes(seen[-1])
        return path


def label_of(node):
    """What the label says that stands beside it."""
    for relation in node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return relation.get_target(0).get_name() or ""
    return ""


def pixels(png):
    """The picture without its time stamps."""
    start = png.find(b"IDAT")
    return png[start:png.rfind(b"IDAT") + 64]


def text_of(node):
    if node.get_text_iface():
        return Atspi.Text.get_text(node, 0, -1)
    return node.get_name() or ""


def cell_text(table, row, column):
    cell = Atspi.Table.get_accessible_at(table, row, column)
    if cell is None:
        return ""
    texts = [cell.get_name() or ""] + [child.get_name() or "" for child in children(cell)]
    return next((text for text in texts if text), "")


def row_of(table, title):
    for row in range(min(Atspi.Table.get_n_rows(table), MOST_CHILDREN)):
        for column in range(Atspi.Table.get_n_columns(table)):
            cell = Atspi.Table.get_accessible_at(table, row, column)
            if cell is None:
                continue
            names = [cell.get_name()] + [child.get_name() for child in children(cell)]
            if title in names:
                return row
    return None
