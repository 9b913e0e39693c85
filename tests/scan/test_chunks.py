"""Chunks of R Markdown, Quarto, Sweave and Weave.jl."""

import pytest

from pipeline.scan.languages import file_reader


def found(path: str, text: str) -> list[tuple[str, int, str]]:
    facts = file_reader(path).facts(text.encode())
    return [
        (language, item.line, item.module)
        for language, items in facts.by_language.items()
        for item in items
    ]


CHUNKS = {
    "r": ("a.Rmd", "library(x)\n```{r}\nlibrary(torch)\n```\n", [("r", 3, "torch")]),
    "r with a label": ("a.Rmd", "```{r setup, echo=FALSE}\ntorch::x\n```", [("r", 2, "torch")]),
    "python": (
        "a.qmd",
        "---\njupyter: python3\n---\n```{python}\n#| x: y\nimport torch\n```",
        [("python", 6, "torch")],
    ),
    "python and r": (
        "a.Rmd",
        "```{r}\nlibrary(reticulate)\nj <- import('jax')\n```\n```{python}\nimport torch\n```\n",
        [("r", 2, "reticulate"), ("python", 3, "jax"), ("python", 6, "torch")],
    ),
    "julia": ("a.qmd", "```{julia}\nusing Flux\n```", [("julia", 2, "Flux")]),
    "an engine as an option": (
        "a.Rmd",
        "```{r, engine='python'}\nimport torch\n```",
        [("python", 2, "torch")],
    ),
    "a shell": (
        "a.qmd",
        "```{bash}\npip install torch\npython -c 'import jax'\n```",
        [("python", 3, "jax"), ("package", 2, "torch")],
    ),
    "C++": ("a.Rmd", "```{Rcpp}\n#include <torch/torch.h>\n```", [("cpp", 2, "torch/torch.h")]),
    "tildes": ("a.qmd", "~~~{python}\nimport torch\n~~~\nimport jax", [("python", 2, "torch")]),
    "indented in a list": (
        "a.qmd",
        "- a\n\n    ```{python}\n    import torch\n    ```\n",
        [("python", 4, "torch")],
    ),
    "not closed": ("a.qmd", "```{python}\nimport torch\n", [("python", 2, "torch")]),
    "Windows lines": ("a.Rmd", "```{python}\r\nimport torch\r\n```\r\n", [("python", 2, "torch")]),
    "code that is only shown": (
        "a.qmd",
        "```python\nimport a\n```\n```{.python}\nimport b\n```\n```{{python}}\nimport c\n```",
        [],
    ),
    "a chunk within a shown one": (
        "a.qmd",
        "````markdown\n```{python}\nimport torch\n```\n````",
        [],
    ),
    "no code": ("a.qmd", "```{mermaid}\nimport torch\n```", []),
    "Sweave": (
        "a.Rnw",
        "library(no)\n<<x, echo=FALSE>>=\nlibrary(torch)\n@ text\nlibrary(no)\n",
        [("r", 3, "torch")],
    ),
    "Sweave with another engine": (
        "a.Rnw",
        "<<engine='python'>>=\nimport torch\n@\n",
        [("python", 2, "torch")],
    ),
    "Weave": ("a.jmd", "```julia\nusing Flux\n```\n", [("julia", 2, "Flux")]),
}


@pytest.mark.parametrize(("path", "text", "expected"), CHUNKS.values(), ids=CHUNKS)
def test_chunks_are_read_by_their_engines(
    path: str, text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert found(path, text) == expected


def test_names_that_chunks_take_from_tensorflow() -> None:
    text = b"```{python}\nimport tensorflow as tf\n```\n```{python}\ntf.Session()\n```\n"
    facts = file_reader("a.qmd").facts(text)
    assert [tuple(use) for use in facts.api_uses] == [(5, "tensorflow.Session")]


def test_an_engine_without_a_reader_is_said() -> None:
    facts = file_reader("a.qmd").facts(b"```{ojs}\nx = 1\n```\n```{sql}\nselect 1\n```\n")
    assert facts.unread == {"javascript": 5}
