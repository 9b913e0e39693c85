"""XML from the network: no document type, so that no entity can grow or reach out."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, XMLParser

from pipeline.sources.records import SourceError


def parse_xml(content: bytes, origin: str) -> Element:
    """The root element.

    Raises:
        SourceError: it is no XML, or declares a document type.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise SourceError(f"{origin} answered XML with a document type, which is not read.")
    parser = XMLParser()
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError) as error:
        raise SourceError(f"{origin} answered no whole XML: {error}.") from None
    return root


def text_of(element: Element, path: str, names: dict[str, str]) -> str:
    """Text of the first element at a path, without what is around it; '' when there is none."""
    found = element.find(path, names)
    return "" if found is None else "".join(found.itertext()).strip()
