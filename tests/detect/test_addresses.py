"""The addresses of pages, whose words say nothing."""

import pytest

import quotecraft

PIPE = quotecraft.load(nested=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://arvelo.com/news/2022/mayor-says-bridge-is-safe-officials-deny-it",
        "www.arvelo.com/residents-fear-dam-will-break-minister-warns-of-flood",
    ],
)
def test_the_words_of_an_address_are_no_statement(address: str) -> None:
    """What an address holds is neither content nor cue; the article below it is read as ever."""
    text = f"{address}\n\nThe mayor of Arvelo said on Monday that the bridge was safe.\n"
    document = PIPE(text)
    assert document.quotes
    assert all(span.start > len(address) for quote in document.quotes for span in quote.content)
