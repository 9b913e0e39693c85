"""Documents that are generated say what the code says."""

import pytest

from pipeline.store.schema_page import TARGET, schema_markdown
from tests.facts_of import Store


@pytest.mark.slow
def test_the_schema_document_is_the_databases_own(store: Store) -> None:
    assert TARGET.read_text(encoding="utf-8") == schema_markdown(store), "run: make docs"
