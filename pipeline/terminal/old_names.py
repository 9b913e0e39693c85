"""Old names of settings, options and commands: each works until version 0.3, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_SETTINGS = {"ADOPTION_SOURCE": "ADOPTION_CODE"}
_OPTIONS = {"--source": "--code"}
_COMMANDS: dict[tuple[str, ...], tuple[str, ...]] = {("collect", "source"): ("collect", "code")}


def with_new_names(arguments: Sequence[str]) -> list[str]:
    """The arguments of the command with new names in place of old ones."""
    renamed = list(arguments)
    for at, argument in enumerate(renamed):
        name, equals, value = argument.partition("=")
        renamed[at] = f"{_OPTIONS.get(name, name)}{equals}{value}"
    at, command = _command(renamed)
    renamed[at : at + 2] = _COMMANDS.get(command, command)
    return renamed


def old_names(arguments: Sequence[str]) -> Iterator[str]:
    """A sentence for each old name among the arguments of the command."""
    _, command = _command(arguments)
    if command in _COMMANDS:
        old, new = (" ".join(("adoption", *words)) for words in (command, _COMMANDS[command]))
        yield _sentence(old, new)
    given = {argument.partition("=")[0] for argument in arguments}
    for old, new in _OPTIONS.items():
        if old in given:
            yield _sentence(old, new)


def old_variables(variables: Iterable[str]) -> Iterator[str]:
    """A sentence for each old name among the variables that are set."""
    for variable in variables:
        if variable in _SETTINGS:
            yield _sentence(variable, _SETTINGS[variable])


def _command(arguments: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """The two words of a command, after options of `adoption` itself, and where they stand."""
    at = next((at for at, word in enumerate(arguments) if not word.startswith("-")), 0)
    return at, tuple(arguments[at : at + 2])


def _sentence(old: str, new: str) -> str:
    return f"{old} is now {new}; the old name works until version 0.3."
