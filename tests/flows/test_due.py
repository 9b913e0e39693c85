"""A run with nothing to do is known before Prefect starts."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.flows.due import is_anything_due, refuse_empty
from pipeline.links import PARSER_VERSION
from pipeline.settings import Settings
from pipeline.store.database import open_store, set_checkpoint
from pipeline.store.publish import mark_published, publish
from pipeline.store.replay import replay
from pipeline.store.scan_rows import scan_batch
from tests.facts_of import add_paper, add_repository, database_file
from tests.store.test_replay import NEW, OLD, UNIT, write_sample

pytestmark = pytest.mark.slow  # each test writes whole databases


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of one paper and its published copy. Tests copy it."""
    settings = Settings(data=tmp_path_factory.mktemp("published"))
    with open_store(database_file(settings.working)) as store:
        add_repository(store, "a", {"net.py": "import torch"})
        add_paper(store, "p", "a")
        publish(store, settings.published)
    return settings.data


@pytest.fixture
def settled(tmp_path: Path, published: Path) -> Settings:
    """Settings of a folder in which everything is collected and published."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    links = tmp_path / "links.csv"
    links.write_text("link,title\nhttps://github.com/o/a,A\n")
    (tmp_path / "index.html").write_text("The page.")
    (tmp_path / "clones").mkdir()
    settings = Settings(
        data=tmp_path, site=tmp_path, links=str(links), code=f"clones:{tmp_path / 'clones'}"
    )
    digest = hashlib.sha256(links.read_bytes()).hexdigest()
    with open_store(settings.working) as store:
        set_checkpoint(store, "cursor:list", json.dumps({str(links): digest}))
        set_checkpoint(store, "link_parser", PARSER_VERSION)
        mark_published(store)
    return settings


def test_nothing_is_due_after_everything_is_published(settled: Settings) -> None:
    assert not is_anything_due(settled)


def test_a_changed_list_is_due(settled: Settings) -> None:
    with Path(str(settled.links)).open("a") as links:
        links.write("https://github.com/o/b,B\n")
    assert is_anything_due(settled)


def test_a_repository_without_a_scan_is_due(settled: Settings) -> None:
    with open_store(settled.working) as store:
        add_paper(store, "q", "b")
        mark_published(store)
    assert is_anything_due(settled)


def test_metadata_are_due_if_the_code_comes_from_github(settled: Settings) -> None:
    assert is_anything_due(settled.model_copy(update={"code": "github"}))


def test_a_state_that_is_not_published_is_due(settled: Settings) -> None:
    with open_store(settled.working) as store:
        set_checkpoint(store, "published", "an older state")
    assert is_anything_due(settled)


def test_a_missing_page_is_due(settled: Settings) -> None:
    (settled.site / "index.html").unlink()
    assert is_anything_due(settled)


def test_services_must_be_asked(settled: Settings) -> None:
    assert is_anything_due(settled.model_copy(update={"links": None}))


def test_a_sample_is_due_until_it_is_loaded_and_again_when_it_has_changed(
    settled: Settings, tmp_path: Path
) -> None:
    sample = tmp_path / "sample"
    sample.mkdir()
    write_sample(sample, scan_batch([(UNIT, NEW)]))
    of_sample = settled.model_copy(update={"code": f"recorded:{sample}"})
    assert is_anything_due(of_sample)
    with open_store(settled.working) as store:
        replay(store, sample, recheck_days=30)
        mark_published(store)
    assert not is_anything_due(of_sample)
    write_sample(sample, scan_batch([(UNIT, NEW), (UNIT, OLD)]))
    assert is_anything_due(of_sample)


def test_a_missing_list_is_an_error_before_the_first_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nope\.csv"):
        is_anything_due(Settings(data=tmp_path, links=str(tmp_path / "nope.csv")))


def test_a_database_with_a_paper_may_be_published(settled: Settings) -> None:
    refuse_empty(settled)


def test_a_database_with_scans_alone_may_be_published(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with open_store(database_file(settings.working)) as store:
        add_repository(store, "a", {"net.py": "import torch"})
    refuse_empty(settings)


def test_a_database_without_facts_is_not_published(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    database_file(settings.working)
    with pytest.raises(InputError, match="no papers"):
        refuse_empty(settings)


def test_a_lost_database_does_not_replace_its_published_copy(settled: Settings) -> None:
    settled.working.unlink()
    with pytest.raises(InputError, match="'adoption restore' first"):
        refuse_empty(settled)
