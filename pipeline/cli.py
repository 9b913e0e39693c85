"""The `adoption` command. Exit codes: 0 done, 1 the work failed, 2 the command was wrong."""

from __future__ import annotations

import atexit
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from pipeline.errors import AdoptionError, StoreHeldError
from pipeline.resources import SAMPLE, SQL
from pipeline.settings import Settings
from pipeline.terminal import interruption
from pipeline.terminal.old_names import old_names, with_new_names

app = typer.Typer(
    help="Which deep-learning frameworks do papers' repositories use, and since when?",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
collect = typer.Typer(help="Collect one kind of fact.", no_args_is_help=True)
sample = typer.Typer(help="Recorded samples of repositories.", no_args_is_help=True)
app.add_typer(collect, name="collect")
app.add_typer(sample, name="sample")
taxonomy = typer.Typer(help="What imports and packages mean.", no_args_is_help=True)
app.add_typer(taxonomy, name="taxonomy")

_RECIPES = SQL / "recipes"
_DEBUG = False

LinksOption = Annotated[
    str | None, typer.Option("--links", help="List of paper links (default: ADOPTION_LINKS).")
]
CodeOption = Annotated[
    str | None,
    typer.Option("--code", help="github, clones:DIR or recorded:DIR (default: ADOPTION_CODE)."),
]


class Format(StrEnum):
    """How `query` prints its answer."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Which deep-learning frameworks do papers' repositories use, and since when?"""
    global _DEBUG
    _DEBUG = debug


@app.command()
def demo() -> None:
    """Run everything on the recorded sample, without a network."""
    overrides = {"links": str(SAMPLE / "links.parquet"), "code": f"recorded:{SAMPLE}"}
    _refresh(overrides, after="The sample's own story: data/sample/README.md")


@app.command()
def run(links: LinksOption = None, code: CodeOption = None) -> None:
    """Run everything: links, metadata, code, publish."""
    _refresh(
        _overrides(links=links, code=code),
        after="What failed and why: adoption status",
    )


@collect.command("links")
def collect_links(links: LinksOption = None) -> None:
    """Read the list of paper links into the working database."""
    counts = _flow("links", _overrides(links=links))
    _print_counts("links", counts)


@collect.command("metadata")
def collect_metadata() -> None:
    """Ask GitHub about every linked repository that is due: dates, stars, renames, head commit."""
    counts = _flow("metadata", {})
    _print_counts("repositories", counts)


@collect.command("code")
def collect_code(code: CodeOption = None) -> None:
    """Scan the code of every linked repository that has no answer yet."""
    counts = _flow("code", _overrides(code=code))
    _print_counts("repositories", counts)


@app.command()
def scan(
    paths: Annotated[list[Path], typer.Argument(help="Folders, .tar.gz, .zip, git repositories.")],
    rev: Annotated[str, typer.Option("--rev", help="Revision of git repositories.")] = "HEAD",
    subdir: Annotated[str, typer.Option("--subdir", help="Only this directory.")] = "",
) -> None:
    """Say which frameworks each PATH uses: one JSON object a line on stdout.

    A git repository, bare or a checkout, is read at --rev; any other folder as it is on disk.
    """
    from pipeline.scan.paths import PathScan
    from pipeline.terminal.scan import reports

    failed = False
    with _errors():
        how = PathScan(rev, subdir.strip("/"), _settings({}).scan_limits)
        for result, report in reports(how.scan(path) for path in paths):
            print(json.dumps(report, ensure_ascii=False), flush=True)
            if not result.is_read:
                failed = True
                _say(f"{result.target}: {result.message}")
    if failed:
        raise typer.Exit(1)


@app.command()
def query(
    sql: Annotated[str | None, typer.Argument(help="A select, with what follows from it.")] = None,
    recipe: Annotated[str | None, typer.Option("--recipe", help="A ready query by name.")] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.table,
) -> None:
    """Ask the published database, read only, also while a flow runs.

    Without SQL and recipe: the names of the recipes.
    """
    import duckdb

    from pipeline.store.database import open_published
    from pipeline.terminal.query import print_answer

    if sql and recipe:
        _refuse("Give either SQL or --recipe, not both.")
    if not sql and not recipe:
        _print_recipes()
        return
    text = sql or _recipe(str(recipe))
    with _errors(), open_published(_settings({}).published) as connection:
        try:
            answer = connection.sql(text)
        except duckdb.Error as error:
            _refuse(f"DuckDB refused the query: {str(error).strip()}")
        print_answer(answer, output.value)


@app.command("explain")
def explain_label(
    repository: Annotated[str, typer.Argument(help="OWNER/NAME, or any link to the repository.")],
) -> None:
    """Why a repository has its label: what voted, what did not, and the lines that prove it."""
    from pipeline.store.database import open_published
    from pipeline.terminal.explain import explain

    with _errors(), open_published(_settings({}).published) as connection:
        for line in explain(connection, repository):
            print(line)


@app.command("status")
def show_status() -> None:
    """What is collected, what failed and why, and what the next run would do."""
    from pipeline.store.database import open_published, open_to_read
    from pipeline.terminal.status import status

    with _errors():
        settings = _settings({})
        try:
            with open_to_read(settings.working) as store:
                lines = list(status(store, settings))
        except StoreHeldError:
            with open_published(settings.published) as store:
                _say("A run is writing; this is the state last published.")
                lines = list(status(store, settings))
    for line in lines:
        print(line)


@app.command("restore")
def restore_working() -> None:
    """Make a damaged working database again, from the published copy."""
    from pipeline.store.restore import restore

    with _errors():
        settings = _settings({})
        for file in restore(settings.published, settings.working):
            _say(f"The damaged file is now {file}.")
        print(settings.working)


@app.command()
def dashboard() -> None:
    """Build the pages from the published database."""
    from dashboards.build import build_site
    from pipeline.store.database import open_published

    with _errors():
        settings = _settings({})
        with open_published(settings.published) as connection:
            print(build_site(connection, settings.site))


@app.command()
def export(folder: Annotated[Path, typer.Argument(help="Folder for the Parquet files.")]) -> None:
    """Write every table and view of the published database as Parquet."""
    from pipeline.store.publish import export_published

    with _errors():
        for file in export_published(_settings({}).published, folder):
            print(file)


@app.command()
def schedule(
    cron: Annotated[str, typer.Option("--cron", help="When, for example '0 4 * * 1'.")],
    links: LinksOption = None,
    code: CodeOption = None,
) -> None:
    """Serve the refresh flow on a schedule from this process, until Ctrl-C."""
    with _errors():
        overrides = _overrides(links=links, code=code)
        _settings(overrides)
        _prepare_prefect("INFO")
        _check_cron(cron)
        from pipeline.flows.prefect_server import prefect_server

        with prefect_server() as address:
            from pipeline.flows.refresh import refresh_flow

            _say(f"Serving 'refresh' at {cron!r} (UTC). Prefect's API: {address}. Ctrl-C ends it.")
            refresh_flow.serve(
                name="adoption",
                cron=cron,
                parameters={"overrides": overrides},
                print_starting_message=False,
            )


def _check_cron(cron: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=cron)
    except ValidationError:
        _refuse(f"{cron!r} is no cron expression. An example: '0 4 * * 1', Mondays at four.")


@sample.command("record")
def sample_record(
    folder: Annotated[Path, typer.Argument(help="Where the sample goes.")],
    origin: Annotated[str, typer.Option(help="Where the list comes from: a citation.")],
    licence: Annotated[str, typer.Option(help="Licence of the list.")],
    links: LinksOption = None,
    code: CodeOption = None,
    seed: Annotated[str, typer.Option(help="Seed of the draw.")] = "2026",
    per_year: Annotated[int, typer.Option(help="Repositories drawn of each year.")] = 50,
) -> None:
    """Draw repositories of a list at random, scan them and keep the facts in a folder."""
    from pipeline.code.providers import open_code_provider
    from pipeline.sample.record import Recording, record
    from pipeline.terminal.progress import show_progress

    with _errors():
        settings = _settings(_overrides(links=links, code=code))
        recording = Recording(seed, per_year, origin, licence)
        with show_progress("record", None) as shown:
            counts = record(
                settings,
                recording,
                open_code_provider(settings),
                folder,
                lambda _: shown.advance(1),
            )
    _print_counts("repositories", counts)


@taxonomy.command("check")
def check_packages(
    packages: Annotated[
        list[str] | None, typer.Argument(help="Packages to check. Default: all of them.")
    ] = None,
) -> None:
    """Compare the framework of each package with what the package itself requires.

    Asks the package index that pip is set up for. Installs nothing.
    """
    from pipeline.terminal.taxonomy import check_taxonomy

    differs = False
    with _errors():
        for item in check_taxonomy(packages or ()):
            differs |= item.verdict == "differs"
            required = ", ".join(item.required) or "-"
            print(f"{item.verdict:<8} {item.package:<32} {item.framework:<12} requires {required}")
    if differs:
        raise typer.Exit(1)


def _refresh(overrides: dict[str, str], after: str) -> None:
    page = _flow("refresh", overrides)
    from pipeline.store.database import open_published
    from pipeline.terminal.query import print_summary

    settings = _settings(overrides)
    with _errors(), open_published(settings.published) as connection:
        print_summary(connection, settings.published, Path(page), after)


def _flow(name: str, overrides: dict[str, str]) -> Any:
    """Run one of the flows; an error it raises becomes one sentence."""
    with _errors():
        _settings(overrides)
        _say("Starting Prefect: some seconds, half a minute the very first time ...")
        _prepare_prefect("DEBUG" if _DEBUG else "CRITICAL")  # errors are told by _errors
        from pipeline.flows.prefect_server import passing_server

        module = f"pipeline.flows.{name}"
        with passing_server(meanwhile=lambda: import_module(module)):
            from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

            chosen: Callable[[dict[str, str]], Any] = getattr(import_module(module), f"{name}_flow")
            # nobody watches for heartbeats here, and their thread ends a second late
            with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
                return chosen(overrides)


def _prepare_prefect(log_level: str) -> None:
    from pipeline.flows.prefect_server import set_prefect_defaults

    set_prefect_defaults(_settings({}).working.parent / "prefect", log_level)


def _overrides(**given: str | None) -> dict[str, str]:
    return {name: value for name, value in given.items() if value is not None}


def _settings(overrides: dict[str, Any]) -> Settings:
    try:
        return Settings.overridden(overrides)
    except ValidationError as error:
        first = error.errors()[0]
        field = "_".join(str(part) for part in first["loc"]).upper()
        _refuse(f"The setting ADOPTION_{field} is wrong: {first['msg']}.")


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what people can mend into one sentence and exit code 1; --debug shows the rest."""
    from duckdb import Error as DuckDBError

    mendable = (AdoptionError, DuckDBError, OSError)
    try:
        yield
    except (typer.Exit, SystemExit):
        raise
    except KeyboardInterrupt:
        _stop()
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None
    except Exception as error:
        if interruption.exit_code() is not None:
            _stop()  # a library made an error of the interrupt
        if _DEBUG:
            traceback.print_exc()
        # Prefect keeps the error; its frames would keep the database open until the very end
        traceback.clear_frames(error.__traceback__)
        said = _sentence(error) if isinstance(error, mendable) else _fault(error)
        _say(f"Error: {said}")
        raise typer.Exit(1) from None


def _stop() -> NoReturn:
    _say(interruption.SENTENCE)
    raise typer.Exit(interruption.exit_code() or 130) from None


def _fault(error: Exception) -> str:
    return (
        f"A fault of ours ({type(error).__name__}). What was stored stays. "
        "'adoption --debug ...' shows where it is; please report it."
    )


def _sentence(error: Exception) -> str:
    said = str(error).strip().splitlines()[0]
    if "No space left" in said:
        return f"The disk is full. Make room and run it again; what was stored stays. ({said})"
    return said


def _recipe(name: str) -> str:
    file = _RECIPES / f"{name}.sql"
    if name not in {path.stem for path in _RECIPES.glob("*.sql")}:
        _refuse(f"There is no recipe {name!r}. 'adoption query' lists them.")
    return file.read_text(encoding="utf-8")


def _print_recipes() -> None:
    for file in sorted(_RECIPES.glob("*.sql")):
        question = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("--").strip()
        print(f"{file.stem:<24} {question}")


def _print_counts(what: str, counts: dict[str, int]) -> None:
    for status, count in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{count:>8,} {what}: {status}")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _refuse(sentence: str) -> NoReturn:
    _say(f"Error: {sentence}")
    raise typer.Exit(2)


def main() -> None:
    """Entry point of the `adoption` command."""
    interruption.listen()
    code: object = 0
    arguments = sys.argv[1:]
    for sentence in old_names(arguments):
        _say(sentence)
    try:
        app(with_new_names(arguments))
    except SystemExit as end:
        code = end.code
    # Errors keep frames alive until the very end, where DuckDB's bindings would print pages about
    # objects that leaked; nothing of the run is left to be done after this.
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
