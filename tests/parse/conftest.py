"""The shipped tokenizer, loaded once."""

import pytest

from quotecraft.parse.stanza_backend import load_tokenizer


@pytest.fixture(scope="session")
def tokenizer():
    """The tokenizer that ships."""
    return load_tokenizer()
