"""Venues by one name each, whatever sources call them."""

import pytest

from tests.facts_of import Store, given

NAMES = {
    "NeurIPS 2019 12": "NeurIPS",
    "nips": "NeurIPS",
    "NIPS 2014": "NeurIPS",
    "ICLR.cc/2021/Conference": "ICLR",
    "ICML 2018 7": "ICML",
    "robot-learning": "CoRL",
    "auai": "UAI",
    "The Web Conference 2021": "WWW",
    "ACL 2019 7": "ACL",
    "NAACL 2019 6": "NAACL",
    # a name that holds a known one is another venue's
    "IJCNLP 2019 11": "IJCNLP",
    "NeurIPS Workshop 2019": "NeurIPS Workshop",
    "EMNLP (WNUT) 2020 11": "EMNLP (WNUT",
    # a journal
    "Nature": "Nature",
    "Journal of Graphs 2020, 3": "Journal of Graphs",
    # a number that is no year
    "Area 51": "Area 51",
    # only the whole name is a venue's
    "my neurips": "my neurips",
    "Neurips.ccx": "Neurips.ccx",
    "  CVPR - 1999": "CVPR",
}
WELL_KNOWN = {
    "neurips": "NeurIPS",
    "NIPS": "NeurIPS",
    "iclr": "ICLR",
    "Icml": "ICML",
    "cvpr": "CVPR",
    "iccv": "ICCV",
    "eccv": "ECCV",
    "wacv": "WACV",
    "acl": "ACL",
    "naacl": "NAACL",
    "emnlp": "EMNLP",
    "aacl": "AACL",
    "conll": "CoNLL",
    "eacl": "EACL",
    "findings": "Findings of ACL",
    "Findings (EMNLP) 2021 11": "Findings of ACL",
    "lrec": "LREC",
    "tacl": "TACL",
    "ws": "NLP workshops",
    "coling": "COLING",
    "aaai": "AAAI",
    "ijcai": "IJCAI",
    "aistats": "AISTATS",
    "uai": "UAI",
    "colt": "COLT",
    "corl": "CoRL",
    "kdd": "KDD",
    "icassp": "ICASSP",
    "INTERSPEECH": "Interspeech",
    "miccai": "MICCAI",
    "joss": "JOSS",
    "acml": "ACML",
    "automl": "AutoML",
    "colm": "COLM",
    "colmweb": "COLM",
    "icra": "ICRA",
    "iros": "IROS",
    "rss": "RSS",
    "3dv": "3DV",
    "www": "WWW",
    "theWebConf": "WWW",
}
LISTED = (
    "3dv aaai acl acml aistats automl coling colm colt corl cvpr eccv iccv iclr icml icra ijcai "
    "iros naacl nips rss uai wacv www".split()
)
"""The conferences of lists of conference papers, as they write them."""


@pytest.mark.parametrize(("name", "venue"), (NAMES | WELL_KNOWN).items())
def test_the_venue_of_a_paper(store: Store, name: str, venue: str) -> None:
    given(store, "paper", "paper_id venue", [("p", name)])
    assert store.sql("select paper_id, venue from paper_venue").fetchall() == [("p", venue)]


def test_the_field_of_a_venue_is_known_for_well_known_venues(store: Store) -> None:
    given(store, "venue", "venue pattern area", [("A", "a", "nlp")])
    given(store, "paper", "paper_id venue", [("p", "A 2020"), ("q", "Journal of X")])
    rows = store.sql("select paper_id, area from paper_venue order by paper_id").fetchall()
    assert rows == [("p", "nlp"), ("q", None)]


@pytest.mark.parametrize("name", [None, "", "2019", " - 2020 12"], ids=str)
def test_a_paper_without_a_name_of_a_venue_has_none(store: Store, name: str | None) -> None:
    given(store, "paper", "paper_id venue", [("p", name)])
    assert store.sql("from paper_venue").fetchall() == []


def test_of_venues_that_a_name_fits_the_first_by_the_alphabet_is_meant(store: Store) -> None:
    given(
        store, "venue", "venue pattern", [("B", "x"), ("A", "x.*"), ("C", "x|y")], area="learning"
    )
    given(store, "paper", "paper_id venue", [("p", "X 2020"), ("q", "y")])
    rows = store.sql("select paper_id, venue from paper_venue order by paper_id").fetchall()
    assert rows == [("p", "A"), ("q", "C")]


def test_every_listed_conference_is_known(store: Store) -> None:
    given(store, "paper", "paper_id venue", [(name, name) for name in LISTED])
    unknown = store.sql("select paper_id from paper_venue anti join venue using (venue)")
    assert unknown.fetchall() == []


def test_every_conference_of_he_is_known(store: Store) -> None:
    unknown = store.sql("select conference from he2019 anti join venue on conference = venue")
    assert unknown.fetchall() == []


def test_every_venue_is_known_by_its_own_name_and_by_no_other(store: Store) -> None:
    other = store.sql(
        "select name.venue from venue as name inner join venue as known "
        "on regexp_full_match(name.venue, '(?i)(' || known.pattern || ')') "
        "group by name.venue having list(known.venue) <> [name.venue]"
    )
    assert other.fetchall() == []
