"""Python files in other encodings, by declaration and by mark."""

import codecs

import pytest

from pipeline.scan.python import python_imports
from pipeline.scan.text_encoding import text_of
from tests.scan.oracle import imports_by_ast


def modules(content: bytes) -> list[str]:
    return [item.module for item in python_imports(content)]


DECLARED = {
    "big5": '"""\u529f"""\nimport torch',
    "shift_jis": "s = '\u8868'\nimport torch",
    "gbk": "s = '\u8aa0'; import torch",
    "gb18030": "s = '''\u8aa0'''; import torch",
    "johab": "# \ud55c\uae00\nimport torch",
    "iso-2022-jp": "s = '\u3042\u3044'\nimport torch",
    "hz": "s = '\u4f60\u597d'\nimport torch",
    "latin-1": "s = '\xe9'\nimport torch",
    "euc-jp": "s = '\u8868'\nimport torch",
    "utf-7": "s = '\xe9'\nimport torch",
    "utf-8": "s = '\u8868'\nimport torch",
}


@pytest.mark.parametrize("line", ["# -*- coding: {} -*-", "\n# vim: set fileencoding={} :"])
@pytest.mark.parametrize("encoding", DECLARED)
def test_an_encoding_that_a_file_declares(encoding: str, line: str) -> None:
    content = f"{line.format(encoding)}\n{DECLARED[encoding]}\n".encode(encoding)
    found = {(item.line, item.module) for item in python_imports(content)}
    assert {module for _, module in found} == {"torch"}
    assert found == imports_by_ast(content)


WRONG = {
    "UTF-8 that says gbk": "# coding: gbk\ns = '\u4e00\\n'\nimport torch\n".encode(),
    "UTF-8 that says utf-7": "# coding: utf-7\nx = a+b  # \xe9\nimport torch\n".encode(),
    "damaged big5": b'# coding: big5\n"""\xa5\x5c\xff"""\nimport torch\n',
    "an unknown encoding": b"# coding: klingon\nimport torch\n",
    "no encoding of text": b"# coding: zlib\nimport torch\n",
    "a declaration on the third line": b"import torch\n\n# coding: utf-7\nx = +AGk-",
    "a declaration in a string": b"x = 'coding: utf-7'\nimport torch\n",
    "Emacs with ends of lines": b"# coding: big5-unix\ns = '\xa5\x5c'\nimport torch\n",
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_a_wrong_declaration_hides_no_import(content: bytes) -> None:
    assert modules(content) == ["torch"]


def test_an_import_that_only_its_encoding_shows() -> None:
    assert modules(b"# coding: utf-7\n+AGkAbQBwAG8AcgB0- torch\n") == ["torch"]


MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@pytest.mark.parametrize("encoding", MARKS)
def test_a_mark_names_the_encoding(encoding: str) -> None:
    content = MARKS[encoding] + "# \u4e00 coding: big5\r\nimport torch\r\n".encode(encoding)
    assert [(item.line, item.module) for item in python_imports(content)] == [(2, "torch")]
    assert text_of(content) == "# \u4e00 coding: big5\nimport torch\n"
