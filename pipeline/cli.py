"""The `adoption` command. Exit codes: 0 done, 1 the work failed, 2 the command was wrong."""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline.errors import AdoptionError, NoStoreError, StoreHeldError, clear_frames, words_of
from pipeline.resources import OUTPUT, SAMPLE, SQL, published_in
from pipeline.terminal import interruption
from pipeline.terminal.old_names import old_names, old_variables, with_new_names

if TYPE_CHECKING:
    import duckdb

    from pipeline.settings import Settings

# Commands import what they need when they run: --help and a query answer before Prefect, pandas
# and the settings would be loaded.

app = typer.Typer(
    help="Find out which deep-learning frameworks the code of papers uses.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
collect = typer.Typer(help="Run one step: links, metadata, code or history.", no_args_is_help=True)
sample = typer.Typer(help="Record samples of repositories.", no_args_is_help=True)
taxonomy = typer.Typer(help="Check the frameworks of packages.", no_args_is_help=True)
app.add_typer(collect, name="collect")
app.add_typer(sample, name="sample")
app.add_typer(taxonomy, name="taxonomy")

_RECIPES = SQL / "recipes"
_SCHEDULED = ("links", "metadata", "code", "older", "publish", "refresh")
_DEBUG = False

LinksOption = Annotated[
    str | None,
    typer.Option(
        "--links",
        metavar="PATH",
        help="Read paper links from this file or folder. [default: ADOPTION_LINKS]",
    ),
]
CodeOption = Annotated[
    str | None,
    typer.Option(
        "--code",
        metavar="PROVIDER",
        help="Where code comes from: github, clones:DIR or recorded:DIR. [default: ADOPTION_CODE]",
    ),
]


class Format(StrEnum):
    """How `query` prints its answer."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class ExportFormat(StrEnum):
    """What kind of file `export` writes."""

    parquet = "parquet"
    csv = "csv"


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Find out which deep-learning frameworks the code of papers uses."""
    global _DEBUG
    _DEBUG = debug


@app.command()
def demo() -> None:
    """Run every step on the recorded sample, offline."""
    overrides = {"links": str(SAMPLE / "links.parquet"), "code": f"recorded:{SAMPLE}"}
    _refresh(overrides, after=f"The sample is described in {SAMPLE / 'README.md'}")


@app.command()
def run(links: LinksOption = None, code: CodeOption = None) -> None:
    """Run every step: papers, metadata, code, publish.

    Once 'adoption collect history' has run, this command also scans older commits of new papers and
    repositories. After a stop, the same command continues. It fetches only new or due items.
    """
    _refresh(
        _overrides(links=links, code=code),
        after="'adoption status' lists failures with reasons.",
    )


@collect.command("links")
def collect_links(links: LinksOption = None) -> None:
    """Read papers and their links from the paper sources."""
    counts = _flow("links", _overrides(links=links))
    _print_counts("links", "links", counts)


@collect.command("metadata")
def collect_metadata() -> None:
    """Request the metadata of linked repositories from GitHub, if they are due.

    Stores dates, stars, forks, renames and the newest commit.
    """
    counts = _flow("metadata", {})
    _print_counts("metadata", "repositories", counts)


@collect.command("code")
def collect_code(code: CodeOption = None) -> None:
    """Scan the code of the linked repositories that are due."""
    counts = _flow("code", _overrides(code=code))
    _print_counts("code", "repositories", counts)


@collect.command("history")
def collect_history(
    code: CodeOption = None,
    years: Annotated[
        bool, typer.Option(help="Find and scan the last commit of each year, too.")
    ] = True,
) -> None:
    """Find and scan the commit from the time of each paper, and the last commit of each year.

    Fetches the commits of a repository without files, then the files of one commit for each paper.
    The last commits of years show how repositories moved from one framework to another. Scans these
    if the first and last commits of a repository are at least a year apart. Does not fetch or read
    a file again that did not change since the previous commit.
    """
    flows = {"history": "papers"} | ({"years": "repositories"} if years else {})
    for (step, what), counts in zip(
        flows.items(), _flows(flows, _overrides(code=code)), strict=True
    ):
        _print_counts(step, what, counts)


@app.command()
def scan(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help="A file, folder, .tar, .tar.gz, .zip or git repository."
        ),
    ],
    rev: Annotated[
        str, typer.Option("--rev", metavar="REV", help="Scan this commit of a git repository.")
    ] = "HEAD",
    subdir: Annotated[
        str, typer.Option("--subdir", metavar="DIR", help="Scan only this folder of each PATH.")
    ] = "",
) -> None:
    """Print the frameworks that each PATH uses.

    Prints one line for each PATH: a JSON object. In a git repository, bare or not, it scans the
    commit --rev. In any other folder, it scans the present files.
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
    sql: Annotated[str | None, typer.Argument(metavar="SQL", help="A SELECT statement.")] = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", metavar="NAME", help="Run this recipe, not SQL.")
    ] = None,
    output: Annotated[
        Format, typer.Option("--format", help="Format of the output.")
    ] = Format.table,
    variables: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Set a variable that the SQL reads with getvariable('NAME').",
        ),
    ] = None,
) -> None:
    """Query the published database with SQL (read only).

    You can query while a run writes. Without SQL and --recipe, the command lists the recipes.
    """
    if sql and recipe:
        _refuse("Give either SQL or --recipe, not both.")
    if not sql and not recipe:
        _print_recipes()
        return
    text = sql or _recipe(str(recipe))
    given = _variables(text, variables or ())
    import duckdb

    from pipeline.terminal.query import print_answer, set_variable

    with _errors(), _open_published() as connection:
        for name, value in given.items():
            if recipe and name == "framework":
                _check_framework(connection, value)
            set_variable(connection, name, value)
        try:
            answer = connection.sql(text)
        except duckdb.Error as error:
            _refuse(f"DuckDB refused the query: {str(error).strip()}")
        print_answer(answer, output.value)


@app.command("explain")
def explain_label(
    repository: Annotated[
        str, typer.Argument(metavar="REPOSITORY", help="OWNER/NAME, or any link to it.")
    ],
) -> None:
    """Show why a repository has its label.

    Shows the lines of the imports that decided, and of those that counted less, with the reason.
    """
    from pipeline.terminal.explain import explain

    with _errors(), _open_answers() as connection:
        for line in explain(connection, repository):
            print(line)


@app.command("status")
def show_status() -> None:
    """Show progress, failures with reasons, and items that are due."""
    from pipeline.store.database import open_to_read
    from pipeline.store.migrations import refuse_older
    from pipeline.terminal.status import status

    with _errors():
        settings = _settings({})
        try:
            with open_to_read(settings.working) as store:
                refuse_older(store)
                lines = list(status(store, settings))
        except (StoreHeldError, NoStoreError) as error:
            is_held = isinstance(error, StoreHeldError)
            why = "A run is writing the database" if is_held else "There is no working database"
            with _open_answers() as store:
                _say(f"{why}. This is the state of the published copy.")
                lines = list(status(store, settings))
    for line in lines:
        print(line)


@app.command("restore")
def restore_working() -> None:
    """Replace a damaged working database with the published copy."""
    from pipeline.store.restore import restore

    with _errors():
        settings = _settings({})
        for file in restore(settings.published, settings.working, settings.overrides):
            _say(f"The damaged file is now {file}.")
        print(settings.working)


@app.command()
def publish() -> None:
    """Publish the collected data for readers.

    Writes the published database, its Parquet files and the site. A run publishes at its end. Use
    this command after you have stopped a run.
    """
    from pipeline.flows.due import refuse_empty
    from pipeline.flows.report import reported

    with _errors():
        settings = _settings({})
        with reported("publish"):
            refuse_empty(settings)
    print(_flow("publish", {}))


@app.command()
def dashboard() -> None:
    """Build the site from the published database."""
    from dashboards.build import build_site

    with _errors(), _open_answers() as connection:
        settings = _settings({})
        print(build_site(connection, settings.site, settings.site_url or ""))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write into.")],
    tables: Annotated[
        list[str] | None,
        typer.Argument(metavar="TABLE", help="Tables and views to write. Default: all."),
    ] = None,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="Format of the files.")
    ] = ExportFormat.parquet,
) -> None:
    """Write published tables and views as files, one for each.

    The rows are sorted, so the same content gives the same bytes.
    """
    from pipeline.store.export import export_published, published_names

    with _errors():
        published = _published()
        known = published_names(published)
        for name in tables or ():
            if name not in known:
                close = _did_you_mean(name, known, at_most=3)
                _refuse(
                    f"There is no table or view {name!r}.{close} "
                    "'adoption query \"show tables\"' lists them."
                )
        for file in export_published(published, folder, tables or (), form.value):
            print(file)


@app.command()
def schedule(
    cron: Annotated[
        list[str] | None,
        typer.Option(
            "--cron",
            metavar="[FLOW=]CRON",
            help="Time in UTC: '0 4 * * 1' runs everything every Monday at 04:00, 'links=0 3 * * "
            "*' reads papers every day at 03:00. Give it once or several times.",
        ),
    ] = None,
    links: LinksOption = None,
    code: CodeOption = None,
) -> None:
    """Run every step on a schedule, until Ctrl-C.

    Without --cron, runs the flow links every day, the flows metadata, code and older (older
    commits) every Monday, and the flow publish after each of them.
    """
    with _errors():
        overrides = _overrides(links=links, code=code)
        settings = _settings(overrides)
        _prepare_prefect("INFO", keeps_logs=True)
        crons = _crons(cron or ())
        from pipeline.flows.prefect_server import prefect_server

        with prefect_server() as address:
            from pipeline.flows.schedule import CRONS, serve_deployments

            crons = crons or {
                name: text
                for name, text in CRONS.items()
                if name != "metadata" or settings.code == "github"
            }
            for name, text in crons.items():
                _say(f"{name:<9} {text} (UTC)")
            _say(f"Ctrl-C stops. Prefect shows the runs: {address.removesuffix('/api')}")
            serve_deployments(crons, overrides)


def _crons(texts: Iterable[str]) -> dict[str, str]:
    """The cron expression of each flow."""
    crons: dict[str, str] = {}
    for name, text in map(_flow_and_cron, texts):
        if name in crons:
            _refuse(
                f"--cron gives two times for {name}. Write one: '0 3,15 * * *' is 03:00 and 15:00."
            )
        crons[name] = text
    return crons


def _flow_and_cron(text: str) -> tuple[str, str]:
    """The name of a flow and its cron expression."""
    from prefect.client.schemas.schedules import CronSchedule

    name, equals, cron = text.rpartition("=")
    if equals and name not in _SCHEDULED:
        _refuse(f"{name!r} is not a flow for --cron. Choose from: {', '.join(_SCHEDULED)}.")
    try:
        CronSchedule(cron=cron)
    except ValueError:
        _refuse(f"{cron!r} is not a cron expression. '0 4 * * 1' is one: every Monday at 04:00.")
    return name or "refresh", cron


def _year_size(text: str) -> tuple[int, int]:
    """The year and the number of YEAR=N."""
    if not (match := re.fullmatch(r"(\d{4})=([1-9]\d*)", text)):
        _refuse(f"--per-cell-of {text!r} is not YEAR=N, such as 2025=200.")
    return int(match[1]), int(match[2])


@sample.command("record")
def sample_record(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to write into.")],
    links: Annotated[
        list[Path],
        typer.Option(
            "--links", metavar="PATH", help="A list of links. Give it once or several times."
        ),
    ],
    origin: Annotated[
        list[str], typer.Option(metavar="TEXT", help="Citation of a list, one for each list.")
    ],
    licence: Annotated[
        list[str], typer.Option(metavar="TEXT", help="Licence of a list, one for each list.")
    ],
    code: CodeOption = None,
    seed: Annotated[
        str, typer.Option(metavar="TEXT", help="The same seed draws the same sample.")
    ] = "2026",
    per_cell: Annotated[
        int,
        typer.Option(min=1, metavar="N", help="Repositories to draw from each stratum and year."),
    ] = 50,
    of_year: Annotated[
        list[str] | None,
        typer.Option(
            "--per-cell-of",
            metavar="YEAR=N",
            help="Draw another number for this year, such as 2025=200.",
        ),
    ] = None,
    whole: Annotated[
        list[str] | None,
        typer.Option(metavar="STRATUM", help="Draw all repositories of this stratum."),
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="An earlier sample. Keep its facts if the code is gone now."
        ),
    ] = None,
) -> None:
    """Draw repositories at random and record their facts.

    A stratum is an area of data/venues.csv (nlp, vision, learning, robotics, general), pwc for
    links of Papers with Code, or other for papers without a known venue. Records the newest commit,
    the commit of each paper and the last commit of each year. After a stop, the same command
    continues. 'adoption run --links FOLDER/links.parquet --code recorded:FOLDER' replays the
    sample. Scans no commit that --earlier has from this version of the scanner.
    """
    from pipeline.sample.draw import Design
    from pipeline.sample.record import PaperList, Recording, write_draw, write_facts
    from pipeline.sample.report import report

    if not len(links) == len(origin) == len(licence):
        _refuse("Give --origin and --licence once for each --links, in the same order.")
    lists = tuple(PaperList(*item) for item in zip(links, origin, licence, strict=True))
    design = Design(seed, per_cell, tuple(whole or ()), dict(map(_year_size, of_year or ())))
    recording = Recording(lists, design, folder)
    # what could not be had may be there now
    overrides = {"data": str(folder), "links": str(recording.links), "recheck_days": "0"}
    overrides |= _overrides(code=code)
    with _errors():
        drawn = write_draw(recording)
        for stratum in set(recording.design.whole) - set(drawn["stratum"].to_pylist()):
            _refuse(f"No repository of the lists is in the stratum {stratum!r}.")
        _say(f"Drew {drawn.num_rows:,} repositories.")
    failures = _flow("record", overrides, earlier=earlier)
    with _errors():
        for line in report(write_facts(recording, drawn, _settings(overrides).working)):
            print(line)
    for failure in failures:
        _say(f"Error: {failure}")
    if failures:
        raise typer.Exit(1)


@taxonomy.command("check")
def check_packages(
    packages: Annotated[
        list[str] | None,
        typer.Argument(metavar="PACKAGE", help="Packages to check. Default: all packages."),
    ] = None,
) -> None:
    """Compare our framework of each package with the package's requirements.

    Reads the requirements from pip's package index. Installs nothing. Prints a verdict for each
    package: agrees, differs, silent (it requires no framework) or unknown (not in the index).
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
    from pipeline.flows.due import is_anything_due
    from pipeline.flows.report import reported

    with _errors():
        settings = _settings(overrides)
        with reported("refresh"):
            is_due = is_anything_due(settings)
    if is_due:
        page = _flow("refresh", overrides)
    else:
        _say("Nothing is due. The published copy and the site are up to date.")
        page = str(settings.site / "index.html")
    from pipeline.terminal.summary import print_summary

    with _errors(), _open_published() as connection:
        print_summary(connection, settings.published, Path(page), after)


def _flow(name: str, overrides: dict[str, str], **parameters: object) -> Any:
    """What a flow returns; an error it raises becomes one sentence."""
    return _flows([name], overrides, **parameters)[0]


def _flows(names: Iterable[str], overrides: dict[str, str], **parameters: object) -> list[Any]:
    """What flows return that run one after the other; an error becomes one sentence."""
    from pipeline.flows.report import reported

    with _errors(), ExitStack() as server:
        _settings(overrides)
        if "PREFECT_API_URL" not in os.environ:
            _say("Starting Prefect. This takes a few seconds, or half a minute the first time.")

        def flows() -> list[Callable[..., Any]]:
            return [
                getattr(import_module(f"pipeline.flows.{name}"), f"{name}_flow") for name in names
            ]

        with reported(" and ".join(names)):
            _prepare_prefect("DEBUG" if _DEBUG else "CRITICAL")  # _errors prints the errors
            from pipeline.flows.prefect_server import server_for_one_run

            server.enter_context(server_for_one_run(meanwhile=flows))
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        # nobody watches for heartbeats here, and their thread ends a second late
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            return [flow(overrides, **parameters) for flow in flows()]


def _prepare_prefect(log_level: str, *, keeps_logs: bool = False) -> None:
    from pipeline.flows.prefect_server import set_prefect_defaults

    home = _settings({}).working.parent / "prefect"
    set_prefect_defaults(home, log_level, keeps_logs=keeps_logs)


def _overrides(**given: str | None) -> dict[str, str]:
    return {name: value for name, value in given.items() if value is not None}


@contextmanager
def _open_published() -> Iterator[duckdb.DuckDBPyConnection]:
    from pipeline.store.database import open_published

    with open_published(_published()) as connection:
        yield connection


@contextmanager
def _open_answers() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, if it has the views of this version."""
    from pipeline.store.migrations import refuse_older

    with _open_published() as connection:
        refuse_older(connection)
        yield connection


def _published() -> Path:
    """`Settings.published`, without loading all settings: that takes as long as a query."""
    path = published_in(Path(os.environ.get("ADOPTION_DATA", OUTPUT)))
    if path.exists() and not Path(".env").exists():
        return path
    return _settings({}).published


def _settings(overrides: Mapping[str, Any]) -> Settings:
    from pydantic import ValidationError

    from pipeline.settings import Settings

    _check_variables()
    try:
        return Settings.overridden(overrides)
    except ValidationError as error:
        first = error.errors()[0]
        field = "_".join(str(part) for part in first["loc"]).upper()
        _refuse(f"ADOPTION_{field.removeprefix('ADOPTION_')} is wrong: {first['msg']}.")


@cache
def _check_variables() -> None:
    """Say once which settings have old names; refuse names that are no setting."""
    from pipeline.settings import given_variables, variables

    given = given_variables()
    for sentence in old_variables(given):
        _say(sentence)
    for name in given:
        if name not in variables():
            _refuse(f"{name} is not a setting.{_did_you_mean(name, variables())}")


def _did_you_mean(name: str, known: Iterable[str], at_most: int = 1) -> str:
    close = get_close_matches(name, known, n=at_most)
    return f" Did you mean {' or '.join(close)}?" if close else ""


@contextmanager
def _errors() -> Iterator[None]:
    """Turn an error that people can mend into one sentence and exit code 1.

    --debug shows the traceback of any error.
    """
    from duckdb import Error as DuckDBError
    from duckdb import InterruptException

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
        if isinstance(error, InterruptException):
            _stop()  # a library made an error of the interrupt
        if _DEBUG:
            traceback.print_exc()
        # Prefect keeps the error; its frames would keep the database open until the very end
        clear_frames(error)
        _say(f"Error: {_sentence(error) if isinstance(error, mendable) else _bug(error)}")
        raise typer.Exit(1) from None


def _stop() -> NoReturn:
    _say(interruption.SENTENCE)
    raise typer.Exit(interruption.exit_code()) from None


def _bug(error: Exception) -> str:
    return (
        f"This is a bug in adoption ({type(error).__name__}). Stored data are kept. "
        "Run 'adoption --debug ...' and report the traceback."
    )


def _sentence(error: Exception) -> str:
    first = str(error).strip().splitlines()[0]
    if "No space left" in first:
        return (
            "The disk is full. Free some space and run the command again. "
            f"Stored data are kept. ({first})"
        )
    return first


def _variables(sql: str, given: Iterable[str]) -> dict[str, str]:
    """The values of --set by name; refuse names that the SQL does not read."""
    from pipeline.terminal.query import variables_of

    known = variables_of(sql)
    values = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            _refuse(f"--set {text!r} has no value. Write --set NAME=VALUE.")
        if name not in known:
            reads = f"It reads {' and '.join(known)}." if known else "It reads none."
            _refuse(f"The SQL reads no variable {name!r}. {reads}")
        values[name] = value
    return values


def _check_framework(connection: duckdb.DuckDBPyConnection, value: str) -> None:
    """Refuse a framework that the database does not know: the answer would have no rows."""
    known = [key for (key,) in connection.execute("select framework from framework").fetchall()]
    if value not in known:
        close = _did_you_mean(value.lower(), known)
        _refuse(f"There is no framework {value!r}.{close} The table framework has all of them.")


def _recipe(name: str) -> str:
    recipes = {file.stem: file for file in _RECIPES.glob("*.sql")}
    if name not in recipes:
        close = _did_you_mean(name, recipes)
        _refuse(f"There is no recipe {name!r}.{close} 'adoption query' lists the recipes.")
    return recipes[name].read_text(encoding="utf-8")


def _print_recipes() -> None:
    for file in sorted(_RECIPES.glob("*.sql")):
        question = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("--").strip()
        print(f"{file.stem:<24} {question}")


def _print_counts(step: str, what: str, counts: dict[str, int]) -> None:
    words = words_of(step)
    for status, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:>8,} {what}: {words[status]}")


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
    raise SystemExit(code)
