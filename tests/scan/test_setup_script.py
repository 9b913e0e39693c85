"""What a setup.py asks for, by every way in which people say so."""

import pytest

from pipeline.scan.setup_script import setup_requirements

FOUND = {
    "an argument": ("setup(install_requires=['torch>=1', \"jax\"])", ["torch", "jax"]),
    "a variable": ("deps = ['torch']\nsetup(install_requires=deps)", ["torch"]),
    "a variable of a variable": (
        "a = ['torch']\nb = a\nsetup(install_requires=b + ['jax'])",
        ["torch", "jax"],
    ),
    "a variable's name": ("REQUIRED_PACKAGES = ['torch']", ["torch"]),
    "extras": ("setup(extras_require={'flax': ['torch'], ':a<\"3\"': ['jax']})", ["torch", "jax"]),
    "an extra": ("extras = {}\nextras['jax'] = ['torch']\nsetup(extras_require=extras)", ["torch"]),
    "added": (
        "reqs = []\nreqs.append('torch')\nreqs += ['jax']\nsetup(install_requires=reqs)",
        ["torch", "jax"],
    ),
    "a typed list": ("reqs: list[str] = ['torch']\nsetup(install_requires=reqs)", ["torch"]),
    "a text of lines": (
        "requirements = '''\ntorch>=1\n# jax\nflax'''.split('\\n')",
        ["torch", "flax"],
    ),
    "a text of words": ("setup(install_requires='torch jax'.split())", ["torch", "jax"]),
    "a dictionary of arguments": (
        "config = {'install_requires': ['torch'], 'name': 'jax'}",
        ["torch"],
    ),
    "a function": ("def needs():\n  return ['torch']\nsetup(install_requires=needs())", ["torch"]),
    "a table of pins": (
        "pins = {'torch': 'torch>=1'}\nsetup(install_requires=[pins['torch']])",
        ["torch", "torch"],
    ),
    "tests and set-up": (
        "setup(tests_require=['torch'], setup_requires=['jax'])",
        ["torch", "jax"],
    ),
    "Python 2": ("print 'keras'\nexec 'x'\nsetup(install_requires=['torch'])", ["torch"]),
    "a broken end": ("setup(install_requires=['torch'],\n  classifiers=[", ["torch"]),
    "several lines": ("setup(\n  install_requires=\n    [\n    'torch',  # 'jax'\n  ])", ["torch"]),
}


@pytest.mark.parametrize(("text", "names"), FOUND.values(), ids=FOUND)
def test_packages_that_a_setup_script_asks_for(text: str, names: list[str]) -> None:
    assert sorted(name for _, name in setup_requirements(text)) == sorted(names)


NOT_FOUND = {
    "other arguments": "setup(name='torch', keywords=['jax'], python_requires='>=3')",
    "a comment": "setup(install_requires=[])  # ['torch']",
    "another file": "setup(install_requires=open('requirements.txt').read().split('\\n'))",
    "a comparison": "requires = [x for x in lines if 'torch' not in x or x == 'jax']",
    "an unused list": "extra = ['torch']\nsetup(install_requires=[])",
}


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND)
def test_what_a_setup_script_does_not_ask_for(text: str) -> None:
    assert list(setup_requirements(text)) == []


def test_a_package_has_the_line_of_its_name() -> None:
    text = "a = [\n  'torch',\n]\nsetup(\n  install_requires=a + ['jax'])\n"
    assert list(setup_requirements(text)) == [(2, "torch"), (5, "jax")]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["require=(", "require[", "x:", "require=['a',", "def require("])
def test_a_long_script_is_read_in_linear_time(text: str) -> None:
    list(setup_requirements(text * 50_000))
