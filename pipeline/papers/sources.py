"""The paper sources that a run reads, by the settings ADOPTION_PAPERS and ADOPTION_LINKS."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import InputError
from pipeline.papers.acl_anthology import AclAnthology
from pipeline.papers.arxiv_oai import ArxivBulk
from pipeline.papers.arxiv_query import ArxivSlice
from pipeline.papers.client import PaperClient
from pipeline.papers.conference_lists import ConferenceLists
from pipeline.papers.hugging_face_papers import HuggingFacePapers
from pipeline.papers.joss import Joss
from pipeline.papers.openreview import OpenReview
from pipeline.papers.paper_lists import PaperLists
from pipeline.papers.papers_with_code import PapersWithCode
from pipeline.papers.pmlr import Pmlr
from pipeline.papers.records import PaperSource
from pipeline.settings import Settings

_HUGGING_FACE = "100/minute"  # without an account, 500 in five minutes are allowed
_ONE_A_SECOND = "1/second"
_THREE_A_SECOND = "3/second"


def open_paper_sources(settings: Settings) -> list[PaperSource]:
    """The sources that a run reads, in the order of the setting.

    Raises:
        InputError: a name is unknown, or a setting that a source needs is missing.
    """
    names = ["list"] if settings.links else settings.papers

    def client(rate: str) -> PaperClient:
        return PaperClient(settings.timeout_s, rate)

    # one client for both, because arXiv limits all its interfaces together
    arxiv = client(settings.arxiv_rate)
    known: dict[str, Callable[[], PaperSource]] = {
        "pwc": lambda: PapersWithCode(settings, client(_HUGGING_FACE)),
        "huggingface": lambda: HuggingFacePapers(settings, client(_HUGGING_FACE)),
        "arxiv": lambda: ArxivBulk(settings, arxiv),
        "arxiv_query": lambda: ArxivSlice(settings, arxiv),
        "joss": lambda: Joss(settings, client(_ONE_A_SECOND)),
        "anthology": lambda: AclAnthology(settings, client(_ONE_A_SECOND)),
        "pmlr": lambda: Pmlr(settings, client(_ONE_A_SECOND)),
        "conferences": lambda: ConferenceLists(settings, client(_ONE_A_SECOND)),
        "openreview": lambda: OpenReview(settings, client(_THREE_A_SECOND)),
        "list": lambda: PaperLists(settings),
    }
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        what = repr(unknown[0]) if unknown else "no paper source"
        raise InputError(f"ADOPTION_PAPERS names {what}; known sources are {', '.join(known)}.")
    _check(settings, names)
    return [known[name]() for name in names]


def _check(settings: Settings, names: list[str]) -> None:
    needed = {
        "list": ("ADOPTION_LINKS", settings.links),
        "openreview": ("ADOPTION_OPENREVIEW_VENUES", settings.openreview_venues),
        "conferences": ("ADOPTION_CONFERENCES", settings.conferences),
        "pmlr": ("ADOPTION_PMLR_VOLUMES", settings.pmlr_volumes),
    }
    for name in names:
        if name in needed and not needed[name][1]:
            raise InputError(f"The paper source {name!r} needs {needed[name][0]}. Set it.")
