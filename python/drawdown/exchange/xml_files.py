"""XML that cannot harm who reads it: no entities, no document types, no more than a size."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from ..errors import ExchangeError
from ..problem import Problem

# Bytes; a plan of some thousand activities has a tenth of it.
MOST = 64 * 2**20
# Elements within elements; a plan has about six.
_DEEPEST = 64


def read(path: Path) -> ElementTree.Element:
    """The root of an XML file, whose tags have lost their namespaces.

    Raises
    ------
    ExchangeError
        If the file is too large, no XML, or has a document type or entities of its own.
    OSError
        If it cannot be read.
    """
    with path.open("rb") as file:
        # A byte too many is enough to refuse a file for its length.
        content = file.read(MOST + 1)
    if len(content) > MOST:
        said = f"{path} has more than {MOST // 2**20} MiB"
        raise _refusal("too_large", said, "export the tasks and calendars alone")
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            said = f"elements stand in more than {_DEEPEST} others"
            raise _refusal("too_deep", said, "export it anew: no plan does that")
        builder.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition(":")[2])

    def refuse(*_: object) -> None:
        said = "it has a document type (`<!DOCTYPE`), through which a file can reach for others"
        raise _refusal("document_type", said, "take it out; Microsoft Project writes none")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    # Whatever entities there are, they are declared in a document type.
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, ExchangeError):
            raise
        remedy = "save it in Microsoft Project as XML, and give that file"
        raise _refusal("no_xml", f"{path} is no XML: {error}", remedy) from None
    return builder.close()


def _refusal(code: str, what: str, remedy: str) -> ExchangeError:
    return ExchangeError([Problem("", code, what, remedy)])
