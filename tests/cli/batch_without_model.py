"""``quotecraft batch`` with a stand-in for the model, so that a run starts at once and takes time.

``python -m tests.cli.batch_without_model INPUT… OUTDIR …`` takes the command's options.
"""

import time

from quotecraft.cli import main
from quotecraft.model import Document
from quotecraft.scale import BatchOptions

SECONDS = 0.03  # that a text takes


class SlowPipeline:
    """Finds nothing in a text, and takes its time."""

    name = "stand-in-1"

    def read(self, item):
        time.sleep(SECONDS)
        return Document(item.id, item.text, item.metadata)


BatchOptions.load = lambda _: SlowPipeline()

if __name__ == "__main__":
    main(prog_name="quotecraft")
