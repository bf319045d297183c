"""Adds made articles to a store and says what is safe: the victim of ``test_kills``.

``python -m tests.store.adder STORE COUNT`` prints ``ready``, then the number of documents that the
store has acknowledged so far, after each transaction.
"""

import random
import sys
from collections.abc import Iterator

from quotecraft import Document, Store
from tests.store.sample import article

BATCH = 3


def articles(count: int) -> Iterator[Document]:
    """Yield the same articles each time, some with long quotations, which take time to write."""
    chance = random.Random(7)
    for number in range(count):
        words = " ".join(f"{chance.getrandbits(40):x}" for _ in range(chance.choice([5, 500])))
        yield article(f"a{number}", [("Ana Ruiz", f"“Ours {words}”"), ("Ben Okri", "“No,”")])


def main() -> None:
    """Add, and tell after each transaction how many documents are safe."""
    safe = 0

    def tell(added: object) -> None:
        nonlocal safe
        safe += added.total  # type: ignore[attr-defined]
        print(safe, flush=True)

    print("ready", flush=True)
    with Store(sys.argv[1]) as store:
        store.add(articles(int(sys.argv[2])), batch=BATCH, on_commit=tell)


if __name__ == "__main__":
    main()
