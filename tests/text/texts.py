"""Generated texts that are rich in quotation marks and in what confuses them."""

from hypothesis import strategies as st

from tests.strategies import ODD_PIECES

_MARKS = [*list("\"“”„‟＂'‘’‚‛`´＇«»‹›"), "''", "``", "’’", '""', "'''", "—", "–", "--", "- "]
_WORDS = [
    "yes", "No", "said Ann", "the horses' hay", "don’t", "'tis", "’em", "'90s", "rock 'n' roll",
    "5'10\"", "I am here", "she cried", "Mr. Fox", "goin'", ".", ",", "?", "!", "…", ":", "(", ")",
]  # fmt: skip
_GAPS = [" ", "  ", "", "\n", "\r\n", "\n\n", "\r\n\r\n", "\n\n—", "\n\n“", '\n\n"', "\n\n‘"]

texts = st.lists(
    st.sampled_from(_MARKS) | st.sampled_from(_WORDS) | st.sampled_from(_GAPS)
    | st.sampled_from(ODD_PIECES) | st.text(max_size=3),
    max_size=40,
).map("".join)  # fmt: skip
