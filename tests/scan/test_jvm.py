"""Imports of Java, Scala, Kotlin and Groovy."""

import pytest

from pipeline.scan.languages import file_reader

FOUND = {
    "java": (
        "A.java",
        "package x;\nimport org.nd4j.linalg.*;\n// import y.z;\nimport static a.b.C;\n",
        [(2, "org.nd4j.linalg"), (4, "a.b.C")],
    ),
    "java, two on a line": ("A.java", "import a.B; import c.D;", [(1, "a.B"), (1, "c.D")]),
    "java with a dollar": ("A.java", "import a.$B$C;", [(1, "a.$B$C")]),
    "java behind a comment": ("A.java", "/* why */ import a.B; // x", [(1, "a.B")]),
    "java's comments do not nest": ("A.java", "/* /* */\nimport a.B;", [(2, "a.B")]),
    "java's blocks of text": ("A.java", 's = """\nimport a.B;\n""";\nimport c.D;', [(4, "c.D")]),
    "prose": ("A.java", 'String s = "import a.b";\n// x\nimport the images\n', []),
    "groovy": ("build.groovy", "import org.nd4j.Nd4j\nx = 1", [(1, "org.nd4j.Nd4j")]),
    "scala's selectors": (
        "A.scala",
        "import org.nd4j.{linalg, Nd4j => N, _}\n",
        [(1, "org.nd4j.linalg"), (1, "org.nd4j.Nd4j"), (1, "org.nd4j")],
    ),
    "scala's selectors on lines": (
        "A.scala",
        "import a.{\n  B,\n  C\n}\n",
        [(1, "a.B"), (1, "a.C")],
    ),
    "scala's list": (
        "A.scala",
        "import a.B, c.{D, E}, f._",
        [(1, "a.B"), (1, "c.D"), (1, "c.E"), (1, "f")],
    ),
    "scala in a block": (
        "A.scala",
        "object A { import a.B\n  import c.D }",
        [(1, "a.B"), (2, "c.D")],
    ),
    "scala 3": (
        "A.scala",
        "import a.*\nimport b.given\nimport c.{D as E}\nimport f.G as H",
        [(1, "a"), (2, "b"), (3, "c.D"), (4, "f.G")],
    ),
    "scala's comments nest": ("A.scala", "/* /* */ import a.B */\nimport c.D", [(2, "c.D")]),
    "kotlin": (
        "A.kt",
        "import org.jetbrains.kotlinx.dl.api.*\nimport a.`in`.B as C // x\n",
        [(1, "org.jetbrains.kotlinx.dl.api"), (2, "a.in.B")],
    ),
    "a kotlin script": ("a.kts", "import org.nd4j.Nd4j\n", [(1, "org.nd4j.Nd4j")]),
}


@pytest.mark.parametrize(("path", "text", "expected"), FOUND.values(), ids=FOUND)
def test_imports_with_their_lines(path: str, text: str, expected: list[tuple[int, str]]) -> None:
    found = file_reader(path).facts(text.encode()).by_language["java"]
    assert [(item.line, item.module) for item in found] == expected


def test_the_path_in_front_of_selectors_is_kept_only_to_a_limit() -> None:
    text = "import a." + "b" * 10**6 + ".{" + ", ".join(f"c{n}" for n in range(99)) + "}"
    reader = file_reader("A.scala")
    assert reader is not None
    found = reader.facts(text.encode()).imports
    assert len(found) == 99
    assert max(len(item.module) for item in found) < 1000
