"""XML from strangers: no entities, no outside files, one clear sentence when it is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from indexes.errors import DocumentError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def parsed(data: bytes, name: str) -> Element:
    """Parse XML; a document that defines entities is refused.

    Raises:
        DocumentError: if it is not well-formed, or defines entities.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DocumentError(
            f"{name} is damaged ({type(error).__name__} in its XML); save it again and add that.",
            name,
        ) from error
    return root


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_under(root: Element, tag: str) -> str | None:
    """The words of the first element of this local name, on one line; None if it says nothing."""
    for element in root.iter():
        if local(element) == tag and (words := " ".join("".join(element.itertext()).split())):
            return words
    return None
