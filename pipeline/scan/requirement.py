"""The package that one requirement names, as pip, conda and people write it."""

from __future__ import annotations

import re

_LONGEST = 1000
_COMMENT = re.compile(r"(?:^|\s)#[^\n]*")
_CHANNEL = re.compile(r"[\w./-]+::")
_NAMED = re.compile(
    r"""(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*+)["']?\s*+(?:\[[^\]\n]*\])?\s*+
    (?:[<>=!~^;@#,(][^\n]*+|[0-9][^\n]*+|["'][^\n]*+|--?[a-z][^\n]*+)?\Z""",
    re.VERBOSE,
)
"""`torch`, `torch[extra]>=1.0`, `torch (>=1.0)`, `torch 1.0`, `torch @ x`, `torch --hash=x`."""

_EGG = re.compile(r"[#&]egg=([A-Za-z0-9._-]+)")
_BUILT = re.compile(
    r"(?:^|/)(?P<name>[A-Za-z][A-Za-z0-9._]*?(?:-[A-Za-z][A-Za-z0-9._]*?)*)-v?\d[^/\s]*"
    r"\.(?:whl|tar\.gz|tar\.bz2|tgz|zip|conda|egg)\b"
)
"""The file of a package: a wheel, a source archive or one of conda's."""

_REPOSITORY = re.compile(
    r"(?:\w+\+)?\w+://(?:[^/@\s]+@)?(?:www\.)?(?:github|gitlab|bitbucket)\.\w+[/:][^/\s]+/"
    r"(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?(?=[/@#?\s]|\Z)"
)
_OF_A_FILE = (".whl", ".gz", ".bz2", ".tgz", ".zip", ".conda", ".egg", ".txt", ".in", ".cfg", ".py")


def required_package(text: str) -> str | None:
    """The name in a requirement; None where there is none, as in an option, a path or prose.

    The address of a built package names it; that of a repository does by `#egg=` or by its path.
    """
    if len(text) > _LONGEST:
        return None
    text = _COMMENT.sub("", text).strip().lstrip("\"'")
    if egg := _EGG.search(text):
        return egg[1]
    if channel := _CHANNEL.match(text):
        text = text[channel.end() :]
    named = _NAMED.match(text)
    if named is None or named["name"].endswith(_OF_A_FILE):
        named = _BUILT.search(text) or _REPOSITORY.match(text)
    return named["name"] if named is not None else None
