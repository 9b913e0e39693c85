"""The flows, called in the process of a test.

A command of its own would first import Prefect and all that it needs, which takes seconds.
"""

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_HOME,
    PREFECT_LOGGING_LEVEL,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)

COLLECT = ("links", "metadata", "code")
"""The flows that collect what `adoption run` publishes."""


def run_flows(prefect: str, names: Sequence[str], settings: dict[str, str]) -> list[Any]:
    """What flows return that run one after the other, as in a command with these variables.

    `prefect`: the address of the Prefect server that keeps the runs.
    """
    own = {
        PREFECT_API_URL: prefect,
        PREFECT_HOME: Path(settings["ADOPTION_DATA"]) / "work" / "prefect",
        PREFECT_LOGGING_LEVEL: "CRITICAL",
        PREFECT_LOGGING_TO_API_ENABLED: False,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    with patch.dict(os.environ, settings | {"DO_NOT_TRACK": "1"}), temporary_settings(own):
        return [
            getattr(import_module(f"pipeline.flows.{name}"), f"{name}_flow")() for name in names
        ]
