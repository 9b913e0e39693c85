"""`adoption taxonomy check`: packages' own requirements beside the framework that we give them."""

import functools
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pipeline.errors import InputError
from pipeline.terminal.taxonomy import Checked, check_taxonomy

PACKAGES = {
    "timm": ["torch>=1.7", "numpy"],
    "flax": ["jax>=0.4", "tensorflow; extra == 'testing'"],
    "tf-keras": ["tensorflow<3"],
    "monai": ["numpy", "torch; python_version >= '3.9'"],
    "gpflow": ["torch"],
    "optax": ["numpy"],
}


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a word about each."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package index on loopback with empty wheels of these requirements."""
    for name, requirements in PACKAGES.items():
        folder = tmp_path / "simple" / name
        folder.mkdir(parents=True)
        stem = f"{name.replace('-', '_')}-1.0"
        lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0"]
        lines += [f"Requires-Dist: {item}" for item in requirements]
        wheel = folder / f"{stem}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"{stem}.dist-info/METADATA", "\n".join(lines) + "\n")
            archive.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr(f"{stem}.dist-info/RECORD", "")
        (folder / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>')
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
        monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
        yield
        server.shutdown()


@pytest.mark.slow
def test_a_package_agrees_differs_or_is_silent(index: None) -> None:
    found = list(check_taxonomy(["timm", "flax", "tf-keras", "monai", "gpflow", "optax", "theano"]))
    assert found == [
        Checked("timm", "pytorch", ("pytorch",), "agrees"),
        Checked("flax", "jax", ("jax",), "agrees"),
        Checked("tf-keras", "keras", ("tensorflow",), "agrees"),  # one family
        Checked("monai", "pytorch", ("pytorch",), "agrees"),
        Checked("gpflow", "tensorflow", ("pytorch",), "differs"),
        Checked("optax", "jax", (), "silent"),
        Checked("theano", "theano", (), "unknown"),
    ]


def test_a_package_that_the_taxonomy_does_not_know_is_refused() -> None:
    with pytest.raises(InputError, match="'numpy' is not a package in"):
        list(check_taxonomy(["numpy"]))
