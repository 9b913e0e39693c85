"""One typed settings object, from ADOPTION_* variables and a .env file."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.resources import OUTPUT, OVERRIDES, published_in
from pipeline.scan.records import Limits


def _words(value: object) -> object:
    """The words of "a, b" or of a JSON list; anything else as it is."""
    if not isinstance(value, str):
        return value
    parts = json.loads(value) if value.lstrip().startswith("[") else value.split(",")
    return [word for part in parts if (word := str(part).strip())]


# NoDecode: pydantic-settings would read a variable that holds a list as JSON alone
Words = Annotated[list[str], NoDecode, BeforeValidator(_words)]
"""A setting of several words, written with commas between them."""

_PREFIX = "ADOPTION_"

_PMLR_VOLUMES = (
    "32 37 48 70 80 97 119 139 162 202 235 267 306 "  # ICML, 2014 to 2026
    "33 38 51 54 84 89 108 130 151 206 238 258 300 "  # AISTATS, 2014 to 2026
    "35 40 49 65 75 99 125 134 178 195 247 291 336 "  # COLT, 2014 to 2026
    "115 124 161 180 216 244 286 337 "  # UAI, 2019 to 2026
    "78 87 100 155 164 205 229 270 305"  # CoRL, 2017 to 2025
).split()
"""A volume never changes its number. Add the volumes of later years here."""


class Settings(BaseSettings):
    """Sources, folders, rates and limits. Each field is ADOPTION_<NAME> in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        extra="ignore",
        frozen=True,
        # a wrong value may be a token, and Prefect stores the messages of errors
        hide_input_in_errors=True,
    )

    data: Path = Field(
        OUTPUT,
        description="Folder of the databases and exports. A relative path starts at the current "
        "folder.",
    )
    site: Path = Field(
        Path("dashboards/site"),
        description="Folder of the built pages. A relative path starts at the current folder.",
    )
    site_url: str | None = Field(
        None,
        pattern=r"^https?://\S+$",
        description="Address at which readers find the site, for links in Prefect, embed codes, "
        "citations and previews.",
    )
    on_failure_url: SecretStr | None = Field(
        None,
        description="Address to which a failed run sends a JSON body with the reason; read from "
        "the environment or .env, never stored.",
    )
    papers: Words = Field(
        ["pwc", "huggingface", "arxiv", "joss"],
        description="Paper sources, separated by commas: pwc, huggingface, arxiv, arxiv_query, "
        "joss, anthology, pmlr, conferences, openreview, list. "
        "If ADOPTION_LINKS is set, a run reads only list.",
    )
    links: str | None = Field(
        None,
        description="File of paper links, or folder of such files: your own list, a dump of "
        "Papers with Code, or arXiv's snapshot from Kaggle.",
    )
    overrides: Path = Field(
        OVERRIDES,
        description="CSV file of values that you corrected by hand: links, dates, venues, labels.",
    )
    since: dt.date = Field(
        dt.date(2014, 1, 1), description="First day to read, from sources that list papers by day."
    )
    code: str = Field(
        "github",
        validation_alias=AliasChoices("code", "ADOPTION_CODE", "source", "ADOPTION_SOURCE"),
        description="Where the code comes from: github, clones:DIR (git repositories laid out as "
        "DIR/owner/name) or recorded:DIR (facts of `adoption sample record`).",
    )
    github_api_url: str = Field(
        "https://api.github.com", description="Base URL of GitHub's REST and GraphQL interfaces."
    )
    github_archive_url: str = Field(
        "https://codeload.github.com",
        description="Base URL of GitHub's archives of code; anthology and pmlr use it too.",
    )
    github_git_url: str = Field(
        "https://github.com", description="Base URL of GitHub's git repositories."
    )
    github_token: SecretStr | None = Field(
        None, description="Token for GitHub; read from the environment or .env, never stored."
    )
    github_api: Literal["graphql", "rest"] = Field(
        "graphql", description="GitHub's interface for metadata. Without a token: REST."
    )
    github_reserve: float = Field(
        0.1, ge=0, lt=1, description="Share of the token's rate limits to leave to other programs."
    )
    refresh_days: float = Field(
        7, ge=0, description="Age in days at which a run requests metadata again."
    )
    recheck_days: float = Field(
        30, ge=0, description="Age in days at which a run retries missing or blocked repositories."
    )
    archive_rate: str = Field(
        "5000/hour", description="Rate limit for downloads of code: archives and git fetches."
    )
    transfer: Literal["fewest", "archive", "partial"] = Field(
        "fewest",
        description="How to fetch code: by archive, by partial git clone, or by the one that "
        "transfers fewer bytes.",
    )
    workers: int = Field(
        os.cpu_count() or 1, ge=1, le=64, description="Processes that download and scan."
    )
    runner: str = Field(
        "threads",
        description="Where jobs on code run: threads (processes of this machine), dask or "
        "dask:tcp://HOST:PORT (the workers of a Dask cluster).",
    )
    huggingface_url: str = Field("https://huggingface.co", description="Base URL of Hugging Face.")
    arxiv_api_url: str = Field(
        "https://export.arxiv.org/api/query", description="arXiv's query interface."
    )
    arxiv_oai_url: str = Field(
        "https://oaipmh.arxiv.org/oai", description="arXiv's OAI-PMH interface."
    )
    arxiv_query: str = Field(
        "cat:cs.LG OR cat:cs.CV OR cat:cs.CL OR cat:stat.ML",
        description="The query of the source arxiv_query, in arXiv's query language.",
    )
    arxiv_sets: Words = Field(
        ["cs", "stat", "eess"], description="OAI-PMH sets, separated by commas."
    )
    arxiv_rate: str = Field("1/3 second", description="Rate limit for arXiv, all interfaces.")
    joss_url: str = Field("https://joss.theoj.org", description="Base URL of JOSS.")
    openreview_url: str = Field(
        "https://api2.openreview.net", description="Base URL of OpenReview's interface, version 2."
    )
    openreview_old_url: str = Field(
        "https://api.openreview.net",
        description="Base URL of OpenReview's version 1, for venues before 2023.",
    )
    openreview_venues: Words = Field(
        [], description="Venue ids of OpenReview, separated by commas: ICLR.cc/2024/Conference."
    )
    openreview_user: str | None = Field(None, description="User name at OpenReview.")
    openreview_password: SecretStr | None = Field(
        None, description="Password at OpenReview; from the environment or .env, never stored."
    )
    conferences_url: str = Field(
        "https://raw.githubusercontent.com/papercopilot/paperlists/main",
        description="Base URL of conference lists, one JSON file per venue and year.",
    )
    conferences: Words = Field(
        [], description="Conferences to read, separated by commas: iclr2018, acl2022."
    )
    pmlr_volumes: Words = Field(
        _PMLR_VOLUMES,
        description="Volumes of the Proceedings of Machine Learning Research, separated by commas.",
    )
    batch: int = Field(50, ge=1, le=1000, description="Repositories in one task.")
    timeout_s: float = Field(
        60.0, gt=0, description="Longest wait for the next bytes of an answer."
    )
    repository_timeout_s: float = Field(
        600.0, gt=0, description="Longest time for the download of one repository."
    )
    max_download_bytes: int = Field(
        2 * 2**30, gt=0, description="Largest download of one repository, in bytes."
    )
    max_file_bytes: int = Field(16 * 2**20, gt=0, description="Largest code file to read.")
    max_total_bytes: int = Field(8 * 2**30, gt=0, description="Most bytes to read per repository.")
    max_files: int = Field(500_000, gt=0, description="Most files to examine per repository.")
    max_facts: int = Field(200_000, gt=0, description="Most imports to store per repository.")

    @field_validator("github_token", mode="after")
    @classmethod
    def _is_token(cls, token: SecretStr | None) -> SecretStr | None:
        """None for a variable that is set to nothing, as in a copied .env."""
        word = token.get_secret_value().strip() if token is not None else ""
        if not (word.isascii() and word.isprintable()) or " " in word:
            raise ValueError("it is not a token: a token is one word of letters, digits and _")
        return SecretStr(word) if word else None

    @field_validator("on_failure_url", mode="after")
    @classmethod
    def _is_set(cls, url: SecretStr | None) -> SecretStr | None:
        """None for a variable that is set to nothing, as in a copied .env."""
        text = url.get_secret_value().strip() if url is not None else ""
        if text and not re.fullmatch(r"https?://\S+", text):
            raise ValueError("it is not an address; write https://HOST/PATH")
        return SecretStr(text) if text else None

    @field_validator("github_api_url", "github_archive_url", "github_git_url")
    @classmethod
    def _is_base(cls, url: str) -> str:
        # in a path that begins with two slashes GitHub finds no repository
        return url.strip().rstrip("/")

    @field_validator("runner")
    @classmethod
    def _is_runner(cls, text: str) -> str:
        if text not in ("threads", "dask") and not re.fullmatch(r"dask:\w+://\S+", text):
            raise ValueError(f"{text!r} is not threads, dask or dask:tcp://HOST:PORT")
        return text

    @field_validator("code")
    @classmethod
    def _is_provider(cls, text: str) -> str:
        if not re.fullmatch(r"github|(clones|recorded):.+", text):
            raise ValueError(f"{text!r} is not github, clones:DIR or recorded:DIR")
        return text

    @field_validator("archive_rate", "arxiv_rate")
    @classmethod
    def _is_rate(cls, text: str) -> str:
        import limits  # here, for it takes as long to load as all the rest

        try:
            limits.parse(text)
        except ValueError:
            raise ValueError(
                f"{text!r} is not a rate; write a rate like 5000/hour or 1/3 second"
            ) from None
        return text

    @classmethod
    def overridden(cls, overrides: Mapping[str, Any] | None) -> Settings:
        """The environment's settings with some of them replaced; names and values as text."""
        return cls(**(overrides or {}))

    @property
    def scan_limits(self) -> Limits:
        return Limits(self.max_file_bytes, self.max_total_bytes, self.max_files, self.max_facts)

    @property
    def published(self) -> Path:
        """The database that people query: always whole, replaced at once."""
        return published_in(self.data)

    @property
    def working(self) -> Path:
        """The database that flows write."""
        return self.data / "work" / "adoption.duckdb"

    @property
    def scratch(self) -> Path:
        """The folder of partial clones, each deleted after its scan."""
        return self.data / "work" / "scratch"

    @property
    def exports(self) -> Path:
        return self.data / "export"

    def without_secrets(self) -> dict[str, str]:
        """The settings that a run records, as text."""
        return {
            name: ",".join(value) if isinstance(value, list) else str(value)
            for name, value in self.model_dump().items()
            if not isinstance(value, SecretStr)
        }


def variables() -> set[str]:
    """The variables of all settings, with old names."""
    names = {_PREFIX + name.upper() for name in Settings.model_fields}
    for field in Settings.model_fields.values():
        if isinstance(field.validation_alias, AliasChoices):
            names |= {str(name).upper() for name in field.validation_alias.choices}
    return {name for name in names if name.startswith(_PREFIX)}


def given_variables() -> list[str]:
    """The variables of the environment, and lines of .env, that are named like a setting."""
    names = {name.upper() for name in (*os.environ, *dotenv_values(".env"))}
    return sorted(name for name in names if name.startswith(_PREFIX))
