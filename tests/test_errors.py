"""Prefect keeps errors: what their frames hold must end all the same."""

import weakref

import pytest

from pipeline.errors import StoreError, clear_frames


class Connection:
    """Stands for a connection to a database."""


def write_with(connection: Connection) -> None:
    raise OSError(f"No space left for {connection}.")


def publish(connection: Connection) -> None:
    try:
        write_with(connection)
    except OSError:
        raise StoreError("The disk is full.") from None


def test_an_error_lets_go_of_a_connection_also_the_one_from_which_it_came() -> None:
    connection = Connection()
    known = weakref.ref(connection)
    with pytest.raises(StoreError) as kept:
        publish(connection)
    del connection
    assert known() is not None
    clear_frames(kept.value)
    assert known() is None
