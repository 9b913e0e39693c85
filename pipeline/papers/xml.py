"""XML from the network, without document types, whose entities could grow or fetch files.

Ten lines do what defusedxml would do here, whose last release is of 2021: docs/decisions/0008.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from pipeline.errors import InputError


class _Builder(TreeBuilder):
    """Refuses a document type as soon as the parser meets it, in any encoding."""

    def doctype(self, *_: str | None) -> None:
        raise ValueError("it declares a document type, which is not allowed")


def parse_xml(content: bytes, origin: str, root_tag: str) -> Element:
    """The root element.

    Raises:
        InputError: the content is no XML, has another root or declares a document type.
    """
    parser = XMLParser(target=_Builder())
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(f"{origin} returned invalid XML: {error}.") from None
    if root.tag != root_tag:
        raise InputError(f"{origin} returned XML of another kind: {str(root.tag)[:80]}.")
    return root


def text_of(element: Element, path: str, names: dict[str, str]) -> str:
    """The text of the first element at a path, without blanks around it; '' if there is none."""
    found = element.find(path, names)
    return "" if found is None else "".join(found.itertext()).strip()
