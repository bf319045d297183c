"""How fast text becomes sentences: `pytest benchmarks/test_tokenizing.py --benchmark-only`."""

import subprocess
import sys

import pytest

from quotecraft.parse.stanza_backend import load_tokenizer

PARAGRAPH = (
    "“We are ready,” Gov. Ana Ruiz told reporters in St. Louis on Tuesday. “The old bridge won’t "
    "last another winter, and nobody else is going to mend it.” Her opponents — among them Mr. "
    "Okafor, who had voted for the plan — said that the state could not pay for it."
)
ARTICLE = "\n\n".join([PARAGRAPH] * 12)  # 600 words
BOOK = "\n\n".join([PARAGRAPH] * 400)  # 20,000 words
LINE = " ".join([PARAGRAPH] * 400)


WAYS = {"ONNX Runtime": None, "Stanza": "quotecraft"}


@pytest.fixture(scope="module", params=WAYS)
def tokenizer(request):
    """The tokenizer that ships, in each way to run it."""
    return load_tokenizer(stanza=WAYS[request.param])


@pytest.mark.parametrize("text", [ARTICLE, BOOK, LINE], ids=["article", "book", "one line"])
def test_tokenize(benchmark, tokenizer, text):
    """Tokens and sentences of a text, whose number of words is in the extra info."""
    sentences = benchmark(tokenizer.tokenize, text)
    benchmark.extra_info["words"] = len(text.split())
    assert len(sentences) > 1


@pytest.mark.parametrize("way", WAYS)
def test_first_sentence_of_a_cold_process(benchmark, way):
    """A new process: imports, weights, first sentence."""
    code = (
        "from quotecraft.parse.stanza_backend import load_tokenizer\n"
        f"print(len(load_tokenizer(stanza={WAYS[way]!r}).tokenize('One. Two.')))"
    )

    def run():
        command = [sys.executable, "-c", code]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert benchmark.pedantic(run, rounds=3).strip() == "2"
