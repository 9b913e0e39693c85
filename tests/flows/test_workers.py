"""Workers: one unit's misfortune is its own, and a server's request for rest is everybody's."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline.code.clones import Clones
from pipeline.code.units import CodeProvider, Unit
from pipeline.errors import (
    AdoptionError,
    CollectionError,
    DiskFullError,
    Means,
    StoppedError,
    TokenRefusedError,
    statuses,
)
from pipeline.flows.jobs import ScanJob
from pipeline.flows.workers import Workers
from pipeline.scan.records import Limits
from pipeline.settings import Settings
from tests.stand_ins.misfortunes import Misfortunes, attempts, released
from tests.waiting import AT_MOST_S, wait_until

pytestmark = pytest.mark.slow


def units(*names: str) -> list[ScanJob]:
    return [ScanJob(Unit(name, "github.com", "o", name)) for name in names]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where attempts are noted."""
    (tmp_path / "attempts").mkdir()
    return tmp_path / "attempts"


def workers(folder: Path, **settings: Any) -> Workers[CodeProvider]:
    given: dict[str, Any] = {"workers": 2}
    return Workers(Misfortunes(folder), Settings(**(given | settings)))


def found_by(pool: Workers[CodeProvider], *names: str) -> dict[str, str]:
    return {scanned.item: scanned.status for scanned in pool.run(units(*names))}


def test_every_misfortune_is_the_outcome_of_one_unit(folder: Path) -> None:
    with workers(folder) as pool:
        found = found_by(pool, "a", "dies-always", "b", "raises", "dies-once", "eats", "c")
    assert found == {
        "a": "ok",
        "b": "ok",
        "c": "ok",
        "dies-always": "crashed",
        "dies-once": "ok",
        "raises": "crashed",
        "eats": "too_large",
    }


def test_clones_on_disk_have_no_rate_limit(folder: Path) -> None:
    clones: Workers[CodeProvider] = Workers(
        Clones(folder, Limits()), Settings(workers=1, archive_rate="1/hour")
    )
    with clones as pool:
        assert found_by(pool, "a", "b") == {"a": "not_found", "b": "not_found"}


def test_a_scan_that_takes_too_long_is_timed_out(folder: Path) -> None:
    with workers(folder, repository_timeout_s=0.5) as pool:
        assert found_by(pool, "hangs") == {"hangs": "timed_out"}


def test_a_unit_is_not_blamed_for_a_process_that_others_end_again_and_again(folder: Path) -> None:
    with workers(folder) as pool:
        held = "dies-once-then-held"
        scans = pool.run(units(held, "dies-always-1", "dies-always-2", "dies-always-3"))
        found = [next(scans).status for _ in range(3)]
        released(folder).touch()
        assert [*found, *(scanned.status for scanned in scans)] == ["crashed"] * 3 + ["ok"]


def test_a_unit_is_scanned_again_after_the_wait_that_its_server_asks_for(folder: Path) -> None:
    with workers(folder) as pool:
        assert found_by(pool, "limited-once") == {"limited-once": "ok"}
    first, second = attempts(folder, "limited-once")
    assert second - first >= 1.0


def test_a_refused_token_ends_everything(folder: Path) -> None:
    with workers(folder) as pool, pytest.raises(TokenRefusedError):
        list(pool.run(units("refused")))


def test_an_outage_is_noticed_and_the_rest_left_for_another_day(folder: Path) -> None:
    names = [f"unreachable-{number}" for number in range(100)]
    with (
        workers(folder) as pool,
        pytest.raises(CollectionError, match="10 repositories"),
    ):
        list(pool.run(units(*names)))
    assert len(list(folder.iterdir())) < 20


@pytest.mark.parametrize("status", ["unreachable", "not_found", "blocked"])
def test_a_repository_out_of_reach_is_asked_for_once(status: str, folder: Path) -> None:
    jobs = [ScanJob(Unit(str(number), "github.com", "o", status)) for number in range(12)]
    with workers(folder, workers=1) as pool:
        found = [(scanned.item, scanned.status) for scanned in pool.run(jobs)]
    assert sorted(found) == sorted((str(number), status) for number in range(12))
    assert len(attempts(folder, status)) == 1


def test_one_directory_that_fails_does_not_fail_the_others(folder: Path) -> None:
    jobs = [ScanJob(Unit(str(number), "github.com", "o", "no_commit")) for number in range(2)]
    with workers(folder, workers=1) as pool:
        assert [scanned.status for scanned in pool.run(jobs)] == ["no_commit"] * 2
    assert len(attempts(folder, "no_commit")) == 2


def test_single_unreachable_repositories_are_no_outage(folder: Path) -> None:
    names = [name for number in range(12) for name in (f"unreachable-{number}", f"ok{number}")]
    with workers(folder, workers=1) as pool:
        found = Counter(scanned.status for scanned in pool.run(units(*names)))
    assert found == {"unreachable": 12, "ok": 12}


def test_what_is_done_is_handed_over_while_a_server_asks_to_wait(folder: Path) -> None:
    with ThreadPoolExecutor() as threads, workers(folder) as pool:
        scans = pool.run(units("limited-for-long", "held", "a"))
        first = threads.submit(next, scans)
        wait_until(lambda: attempts(folder, "limited-for-long"))
        released(folder).touch()
        assert first.result(AT_MOST_S).item == "held"


def test_what_ends_a_run_ends_it_for_every_task_and_loses_no_result(folder: Path) -> None:
    found = []

    def scan() -> None:
        for scanned in pool.run(units("refused-1", "held", "a", "b")):
            found.append(scanned.item)

    with ThreadPoolExecutor() as threads, workers(folder) as pool:
        task = threads.submit(scan)
        wait_until(lambda: is_refused(lambda: list(pool.run([]))))
        released(folder).touch()
        assert is_refused(lambda: task.result(AT_MOST_S))
        assert is_refused(lambda: list(pool.run(units("c", "d"))))
    assert found == ["held"]
    assert {path.name for path in folder.iterdir()} == {"refused-1", "held"}


def is_refused(scan: Callable[[], object]) -> bool:
    """Whether a scan ends because GitHub refuses the token."""
    try:
        scan()
    except TokenRefusedError:
        return True
    return False


def test_a_server_that_asks_for_a_rest_of_days_ends_the_run(folder: Path) -> None:
    with (
        workers(folder, workers=1) as pool,
        pytest.raises(CollectionError, match="hours"),
    ):
        list(pool.run(units("limited-for-days", "a")))
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_ends_the_run_with_what_to_do(folder: Path) -> None:
    with workers(folder, workers=1) as pool, pytest.raises(DiskFullError, match="Free some space"):
        list(pool.run(units("disk-full", "a")))


@pytest.mark.parametrize("status", sorted(statuses("code", Means.ENDS_RUN)))
def test_a_status_that_ends_the_run_ends_it(status: str, folder: Path) -> None:
    with workers(folder, workers=1) as pool, pytest.raises(AdoptionError):
        list(pool.run(units(status, "a", "b")))
    assert len(list(folder.iterdir())) == 1


def test_nobody_waits_for_a_server_when_the_run_is_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def scan() -> None:
        with suppress(StoppedError):
            list(pool.run(units("limited-for-long")))

    with ThreadPoolExecutor() as threads:
        with workers(folder) as pool:
            task = threads.submit(scan)
            wait_until(lambda: "Waiting until" in capsys.readouterr().err)
            assert not task.done()
        task.result(AT_MOST_S)


def test_what_a_worker_has_started_ends_with_the_run(folder: Path) -> None:
    file = folder / "pid"
    with ThreadPoolExecutor() as threads, workers(folder) as pool:
        threads.submit(lambda: list(pool.run(units("starts-another"))))
        wait_until(lambda: file.exists() and file.read_text())
    wait_until(lambda: has_ended(int(file.read_text())))


def has_ended(process: int) -> bool:
    """Whether a process is gone, or waits only for a parent that takes note of its end."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"
