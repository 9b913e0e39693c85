"""What tasks hand over is in the database while they work, not only when they end."""

from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from pipeline.flows.handover import Found, Results, store_as_known
from pipeline.flows.runs import Run
from pipeline.terminal.progress import show_progress
from tests.facts_of import database
from tests.waiting import AT_MOST_S, wait_until


def test_a_result_is_stored_while_its_task_goes_on() -> None:
    results: Results = SimpleQueue()
    with (
        database() as store,
        store.cursor() as reader,
        show_progress("code", 1) as shown,
        ThreadPoolExecutor() as threads,
    ):
        flow = threads.submit(store_as_known, store, Run("run"), results, 1, shown)
        results.put(Found("code", {}, [("github.com/o/r", "ok", None)], 0))
        try:
            wait_until(lambda: reader.execute("select * from outcome").fetchall())
        finally:
            results.put(None)  # the task ends
        flow.result(AT_MOST_S)
        stored = reader.execute("select run_id, step, item, status from outcome").fetchall()
    assert stored == [("run", "code", "github.com/o/r", "ok")]
