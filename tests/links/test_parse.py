"""Links as people and programs write them, and what they mean."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.links import REASONS, CodeLink, UnusableLink, parse_link, parse_links
from tests.properties import reached, reaching

REPOSITORY = {
    "plain": ("https://github.com/PetarV-/GAT", "PetarV-/GAT"),
    "no scheme": ("github.com/kzl/universal-computation", "kzl/universal-computation"),
    "host in capitals, www, http": ("http://www.GitHub.com/a/b", "a/b"),
    "git suffix and slash": ("https://github.com/Tencent/TFace.git/", "Tencent/TFace"),
    "git inside of the name stays": ("https://github.com/x/x.github.io", "x/x.github.io"),
    "dots in the name stay": ("https://github.com/a/Flux.jl", "a/Flux.jl"),
    "ssh": ("git@github.com:dair-iitd/moie.git", "dair-iitd/moie"),
    "colon": ("github.com:dair-iitd/moie", "dair-iitd/moie"),
    "end of a sentence": ("Code: https://github.com/a/b).", "a/b"),
    "query and fragment": ("https://github.com/a/b?tab=readme-ov-file#run", "a/b"),
    "issue page": ("https://github.com/a/b/issues/7", "a/b"),
    "LaTeX": (r"\url{https://github.com/a/b\_c}", "a/b_c"),
    "HTML": ('<a href="https://github.com/a/b">here</a>', "a/b"),
    "markdown with a badge": (
        "[![github](/images/icon.svg) a/b](https://github.com/a/b) + "
        "[![Papers with Code](/i.svg) 3 implementations](https://paperswithcode.com/paper/x)",
        "a/b",
    ),
    "ligature": ("https://github.com/a/pixel-deﬂection", "a/pixel-deflection"),
    "blank in the host": ("github. com/a/b", "a/b"),
    "words after the link": ("https://github.com/a/b (implementation: Y)", "a/b"),
    "gitlab with groups": (
        "https://gitlab.kuleuven.be/detry-lab/public/grasp.git",
        "detry-lab/public/grasp",
    ),
}

MARKS_AROUND = {
    "typographic quotes": "Code (“https://github.com/a/b”) is public",
    "single quotes": "‘https://github.com/a/b’",
    "guillemets": "see «https://github.com/a/b» for more",
    "Japanese brackets": "「https://github.com/a/b」",
    "italics": "Code: _https://github.com/a/b_",
    "bold": "**https://github.com/a/b**",
    "bold italics, no scheme": "*__github.com/a/b__*",
    "a parenthesis that only closes": "(code: https://github.com/a/b)and data",
    "the number of a footnote": "https://github.com/a/b¹ and data",
    "a dagger": "https://github.com/a/b† is ours",
}


@pytest.mark.parametrize("raw", MARKS_AROUND.values(), ids=MARKS_AROUND)
def test_marks_around_a_link_are_not_part_of_it(raw: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink)
    assert link.key == "github.com/a/b"


def test_an_underscore_at_the_end_stays_where_none_stands_before() -> None:
    link = parse_link("https://github.com/a/b_")
    assert isinstance(link, CodeLink)
    assert link.name == "b_"


UNDERSCORES = {
    "braces": r"https://github.com/a/my{\_}net",
    "word": r"https://github.com/a/my\textunderscore net",
    "word with braces": r"\url{https://github.com/a/my\textunderscore{}net}",
    "mathematics": r"https://github.com/a/my$\_$net",
    "braces alone": "https://github.com/a/my{_}net",
    "permission to break": r"https://github.com/a/my\_\allowbreak net",
}


@pytest.mark.parametrize("raw", UNDERSCORES.values(), ids=UNDERSCORES)
def test_an_underscore_is_read_however_latex_writes_it(raw: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink)
    assert link.name == "my_net"


BROKEN_UP = {
    "blank before the slash": ("https://github.com/a /b", "a/b"),
    "blank after the slash": ("https://github.com/a/ b", "a/b"),
    "blanks on both sides": ("https://github.com/a / b", "a/b"),
    "line ends at a hyphen": ("https://github.com/a/long-\nname", "a/long-name"),
    "line ends at an underscore": ("https://github.com/a/long_\n  name", "a/long_name"),
    "line ends at the owner's slash": ("https://github.com/a/\nb", "a/b"),
}


@pytest.mark.parametrize(("raw", "repository"), BROKEN_UP.values(), ids=BROKEN_UP)
def test_a_link_that_was_broken_up_is_joined(raw: str, repository: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink)
    assert f"{link.owner}/{link.name}" == repository


SHOWN_ELSEWHERE = {
    "web archive": "https://web.archive.org/web/20200101000000/https://github.com/a/b",
    "web archive, one slash": "https://web.archive.org/web/2020/http:/github.com/a/b",
    "web archive, no scheme": "web.archive.org/web/2020*/github.com/a/b",
    "redirect of a search": "https://www.google.com/url?q=https://github.com/a/b&sa=D&ust=1",
    "encoded redirect": "https://l.example.com/l.php?u=https%3A%2F%2Fgithub.com%2Fa%2Fb&h=x",
    "translated page": "https://translate.example.com/translate?sl=en&u=https://github.com/a/b",
    "pasted twice": "https://github.com/https://github.com/a/b",
    "host twice": "https://github.com/github.com/a/b",
    "notebook viewer": "https://nbviewer.org/github/a/b/blob/master/demo.ipynb",
    "older notebook viewer": "http://nbviewer.jupyter.org/github/a/b/tree/master/",
    "Colab": "https://colab.research.google.com/github/a/b/blob/main/demo.ipynb",
    "Binder": "https://mybinder.org/v2/gh/a/b/HEAD?filepath=demo.ipynb",
    "raw file": "https://raw.githubusercontent.com/a/b/main/README.md",
    "package index": "https://pkg.go.dev/github.com/a/b",
    "interface": "https://api.github.com/repos/a/b/tarball",
    "archive of the default branch": "https://github.com/a/b/zipball/master",
    "archive service": "https://codeload.github.com/a/b/zip/refs/heads/main",
}


@pytest.mark.parametrize("raw", SHOWN_ELSEWHERE.values(), ids=SHOWN_ELSEWHERE)
def test_a_repository_shown_elsewhere_is_the_repository(raw: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink)
    assert link.unit_id == "github.com/a/b"


def test_two_links_without_a_blank_between_them_are_two() -> None:
    found = parse_links("https://github.com/a/bhttps://github.com/c/d")
    assert [link.key for link in found if isinstance(link, CodeLink)] == [
        "github.com/a/b",
        "github.com/c/d",
    ]


@pytest.mark.parametrize(
    "page", ["merge_requests/12", "issues", "wikis/home", "commits/master", "-/issues/3", "tags"]
)
def test_pages_of_nested_groups_are_no_part_of_the_name(page: str) -> None:
    link = parse_link(f"https://gitlab.com/group/sub/net/{page}")
    assert isinstance(link, CodeLink)
    assert link.unit_id == "gitlab.com/group/sub/net"


@pytest.mark.parametrize(("raw", "repository"), REPOSITORY.values(), ids=REPOSITORY)
def test_a_link_names_its_repository(raw: str, repository: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink)
    assert f"{link.owner}/{link.name}" == repository


UNIT = {
    "branch and directory": ("github.com/a/b/tree/dev/x/y", "dev", "x/y"),
    "default branch is no ref": ("github.com/microsoft/Unicoder/tree/master/p/q", None, "p/q"),
    "branch only": ("github.com/a/b/tree/structured-mbart", "structured-mbart", ""),
    "file: its directory": ("github.com/a/b/blob/main/models/net.py", None, "models"),
    "README: the repository": ("github.com/a/b/blob/master/README.md", None, ""),
    "pip's ref": ("git+https://github.com/a/b.git@v1.0#egg=b", "v1.0", ""),
    "pip's ref by ssh": ("git+ssh://git@github.com/a/b.git@dev", "dev", ""),
    "archive of a branch": ("github.com/a/b/archive/refs/heads/dev.zip", "dev", ""),
    "archive of a tag": ("github.com/a/b/archive/v1.0.tar.gz", "v1.0", ""),
    "raw file of a branch": ("raw.githubusercontent.com/a/b/dev/nets/c.py", "dev", "nets"),
    "release": ("github.com/a/b/releases/tag/v1.0", "v1.0", ""),
    "path without tree": ("github.com/huawei-noah/PLM/CeMAT", None, "CeMAT"),
    "encoded blanks": ("github.com/a/b/tree/master/Error%20budget", None, "Error budget"),
    "case of a directory stays": ("github.com/A/B/tree/main/Focus-DETR", None, "Focus-DETR"),
}


@pytest.mark.parametrize(("raw", "ref", "subdir"), UNIT.values(), ids=UNIT)
def test_a_link_names_its_ref_and_directory(raw: str, ref: str | None, subdir: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink)
    assert (link.ref, link.subdir) == (ref, subdir)


UNUSABLE = {
    "": "no_link",
    "PEPDS_github": "not_a_link",
    "https://github.com/huawei-noah": "owner_only",
    "https://github.com/orgs/pytorch": "reserved_name",
    "https://yilunzhou.github.io/feature-attribution/": "project_page",
    "teapearce.github.io": "project_page",
    "https://git.io/MonoCon": "short_link",
    "https://anonymous.4open.science/r/KT-IPA-40B7": "anonymous",
    "https://arxiv.org/abs/2101.00001": "paper_page",
    "https://huggingface.co/bert-base": "model_hub",
    "https://gist.github.com/u/0a1b": "gist",
    "https://github.com/author/repo": "placeholder",
    "https://github.com/googl.Vare/x": "bad_name",
}


@pytest.mark.parametrize(("raw", "reason"), UNUSABLE.items(), ids=UNUSABLE.values())
def test_a_link_without_repository_says_why(raw: str, reason: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, UnusableLink)
    assert link.reason == reason
    assert REASONS[reason] in link.message


def test_lost_underscores_are_repaired_not_cut() -> None:
    link = parse_link("https://github.com/wangkaihong/Unsup Recycle GAN/")
    assert isinstance(link, CodeLink)
    assert link.name == "Unsup_Recycle_GAN"
    assert "repaired" in link.flags
    assert link.candidates == ("Unsup-Recycle-GAN", "UnsupRecycleGAN")


def test_a_glued_page_number_is_a_doubt_but_a_year_is_none() -> None:
    glued = parse_link("github.com/xinsu626/SourceFreeDomainAdaptation8352")
    year = parse_link("github.com/a/challenge-2022")
    assert isinstance(glued, CodeLink) and isinstance(year, CodeLink)
    assert glued.candidates == ("SourceFreeDomainAdaptation",)
    assert year.flags == ()


def test_several_links_keep_their_order_and_come_once() -> None:
    found = parse_links("github.com/a/b;https://github.com/c/d and https://github.com/a/b")
    assert [link.key for link in found if isinstance(link, CodeLink)] == [
        "github.com/a/b",
        "github.com/c/d",
    ]


def test_the_same_repository_in_other_letters_has_the_same_key() -> None:
    upper, lower = parse_link("github.com/A/B"), parse_link("github.com/a/b")
    assert isinstance(upper, CodeLink) and isinstance(lower, CodeLink)
    assert upper.key == lower.key


def test_bare_names_are_github_only_where_that_is_known() -> None:
    assert isinstance(parse_link("cl-tohoku/eval"), UnusableLink)
    assert isinstance(parse_link("cl-tohoku/eval", bare_is_github=True), CodeLink)


def test_a_paper_older_than_github_cannot_have_its_code_there() -> None:
    link = parse_link("https://github.com/a/b", paper_year=1999)
    assert isinstance(link, UnusableLink)
    assert link.reason == "before_github"


@pytest.mark.slow
@reaching(100)
@given(st.text())
def test_no_text_breaks_the_parser(raw: str) -> None:
    links = parse_links(raw)
    reached()
    assert links


OWNERS = st.from_regex(r"q[A-Za-z0-9_-]{0,12}", fullmatch=True)
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}[A-Za-z0-9_-]", fullmatch=True)
REFS = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._/-]{0,12}[A-Za-z0-9])?", fullmatch=True)
FOLDERS = st.text(
    st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=8
).filter(lambda name: name == name.strip() and name != "-" and not name.endswith("."))


@st.composite
def code_links(draw: st.DrawFn) -> CodeLink:
    """Repositories of every host, whole or one of their directories, at their head or at a ref."""
    host = draw(
        st.sampled_from(["github.com", "gitlab.com", "bitbucket.org", "gitee.com", "codeberg.org"])
    )
    depth = draw(st.integers(1, 3)) if host == "gitlab.com" else 1
    return CodeLink(
        host,
        owner="/".join(draw(OWNERS) for _ in range(depth)),
        name=draw(NAMES.filter(lambda name: not name.lower().endswith(".git"))),
        ref=draw(st.none() | REFS.filter(lambda ref: ref not in ("HEAD", "main", "master"))),
        subdir="/".join(draw(st.lists(FOLDERS, max_size=3))),
    )


@pytest.mark.slow
@reaching(80)
@given(code_links())
def test_the_normal_form_means_the_same_unit(link: CodeLink) -> None:
    again = parse_link(link.url)
    assume(isinstance(again, CodeLink))
    reached()
    assert (again.owner, again.name) == (link.owner, link.name)
    assert again.unit_id == link.unit_id


@reaching(80)
@given(OWNERS, st.text(string.printable, min_size=1, max_size=60))
def test_what_github_would_refuse_is_never_a_repository(owner: str, tail: str) -> None:
    link = parse_link(f"https://github.com/{owner}/{tail}")
    assume(isinstance(link, CodeLink) and link.host == "github.com")
    reached()
    assert set(link.name) <= set(string.ascii_letters + string.digits + "._-")
    assert ".." not in link.subdir.split("/")


@pytest.mark.parametrize(
    ("raw", "unit_id"),
    [
        ("https://github.com/o/x.github.io", "github.com/o/x.github.io"),
        ("https://github.com/o/www.site", "github.com/o/www.site"),
        ("https://github.com/o/r/tree/v1/Sub", "github.com/o/r:Sub@v1"),
    ],
)
def test_names_are_not_cut_and_refs_and_directories_are_kept(raw: str, unit_id: str) -> None:
    link = parse_link(raw)
    assert isinstance(link, CodeLink) and link.unit_id == unit_id


def test_a_project_page_is_not_guessed_to_be_a_repository() -> None:
    link = parse_link("https://owner.github.io/project/")
    assert isinstance(link, UnusableLink) and link.reason == "project_page"
