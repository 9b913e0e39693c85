"""Starts the `adoption` command. Imports it late, so that Ctrl-C meanwhile prints no traceback."""

import sys


def main() -> None:
    """Run the command."""
    try:
        from pipeline.cli import main as command
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()
