"""YAML read as text with its place: every scalar keeps its own file, line and column."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chutdiao.domain.problem import ChutdiaoError, Json, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something was written; lines and columns count from one."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Mark()


class Text(str):
    """One scalar, as it was written."""

    __slots__ = ("mark",)
    mark: Mark

    def __new__(cls, value: str, mark: Mark = NOWHERE) -> "Text":
        text = super().__new__(cls, value)
        text.mark = mark
        return text

    @property
    def line(self) -> int:
        return self.mark.line

    @property
    def column(self) -> int:
        return self.mark.column


class Table(dict[str, Any]):
    """A mapping; its keys are ``Text`` too."""

    mark: Mark = NOWHERE

    def key_mark(self, key: str) -> Mark:
        """Where a key was written; the mapping's own place when it has no such key."""
        for written in self:
            if written == key and isinstance(written, Text):
                return written.mark
        return self.mark

    @property
    def line(self) -> int:
        return self.mark.line

    @property
    def column(self) -> int:
        return self.mark.column


class Items(list[Any]):
    """A list."""

    mark: Mark = NOWHERE

    @property
    def line(self) -> int:
        return self.mark.line

    @property
    def column(self) -> int:
        return self.mark.column


Node = Table | Items | Text


def mark_of(node: object, otherwise: Mark = NOWHERE) -> Mark:
    """The place of a node; ``otherwise`` for values that were never in a file."""
    mark = getattr(node, "mark", NOWHERE)
    return mark if mark is not NOWHERE else otherwise


def place_of(node: object, otherwise: Mark = NOWHERE) -> str:
    """The place of a node as ``file:line:column``."""
    return str(mark_of(node, otherwise))


def plain(node: object) -> Json:
    """The same tree as ordinary dicts, lists and strings."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [plain(value) for value in node]
    return str(node) if isinstance(node, str) else node  # type: ignore[return-value]


def read_yaml(source: Path | str, name: str = "") -> Node:
    """Read one YAML document from a path, or from text named ``name``.

    Raises ChutdiaoError with problems placed ``file:line:column``.
    """
    if isinstance(source, Path):
        name = name or source.name
        data = _read_bytes(source, name)
    else:
        data = source.encode()
    if len(data) > MAX_BYTES:
        raise _stop("yaml.too-large", Mark(name, 1, 1), limit=str(MAX_BYTES), size=str(len(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _stop("yaml.not-utf8", Mark(name, line, 1)) from None
    return _Builder(name).build(text)


def read_table(source: Path | str, name: str = "") -> Table:
    """Read a YAML document that must be a mapping."""
    node = read_yaml(source, name)
    if not isinstance(node, Table):
        raise _stop("yaml.not-a-mapping", mark_of(node))
    return node


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _stop("yaml.unreadable", Mark(name, 1, 1), reason=reason) from None


def _stop(code: str, mark: Mark, **values: str) -> ChutdiaoError:
    return ChutdiaoError(Problem(code, str(mark), values))


class _Builder:
    """Turns parser events into nodes, refusing what our language leaves out."""

    def __init__(self, name: str) -> None:
        self._name = name

    def build(self, text: str) -> Node:
        import yaml

        loader = yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader
        try:
            events = iter(yaml.parse(text, Loader=loader))
            roots = [self._node(event, events, 1) for event in self._documents(events)]
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise _stop("yaml.syntax", self._at(mark), reason=error.problem or error.context or "") from None
        except yaml.YAMLError as error:
            position = getattr(error, "position", 0) or 0
            line = text[:position].count("\n") + 1
            raise _stop("yaml.syntax", Mark(self._name, line, 1), reason=str(error).splitlines()[0]) from None
        if not roots:
            raise _stop("yaml.empty", Mark(self._name, 1, 1))
        if len(roots) > 1:
            raise _stop("yaml.many-documents", roots[1].mark)
        return roots[0]

    @staticmethod
    def _documents(events: Iterator[Any]) -> Iterator[Any]:
        """Yield the first event of each document that has content."""
        import yaml

        for event in events:
            empty = isinstance(event, yaml.ScalarEvent) and event.value == "" and event.implicit[0]
            if isinstance(event, yaml.NodeEvent) and not empty:
                yield event

    def _at(self, mark: Any) -> Mark:
        return Mark(self._name, mark.line + 1, mark.column + 1) if mark else Mark(self._name, 1, 1)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        import yaml

        mark = self._at(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _stop("yaml.anchor", mark, name=str(event.anchor))
        if event.tag:
            raise _stop("yaml.tag", mark, tag=str(event.tag))
        if isinstance(event, yaml.ScalarEvent):
            return Text(unicodedata.normalize("NFC", event.value), mark)
        if depth > MAX_DEPTH:
            raise _stop("yaml.too-deep", mark, limit=str(MAX_DEPTH))
        if isinstance(event, yaml.MappingStartEvent):
            return self._table(mark, events, depth)
        items = Items()
        items.mark = mark
        for child in events:
            if isinstance(child, yaml.SequenceEndEvent):
                break
            items.append(self._node(child, events, depth + 1))
        return items

    def _table(self, mark: Mark, events: Iterator[Any], depth: int) -> Table:
        import yaml

        table = Table()
        table.mark = mark
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Text):
                raise _stop("yaml.key-not-text", key.mark)
            if key in table:
                raise _stop("yaml.duplicate-key", key.mark, key=key, line=str(table.key_mark(key).line))
            table[key] = self._node(next(events), events, depth + 1)
        return table
