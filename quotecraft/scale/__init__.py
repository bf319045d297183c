"""Many documents: runs that resume, on this machine's processes or on a cluster.

>>> from quotecraft import scale
>>> report = scale.batch("articles/", "out", engine=scale.local(workers=4))
>>> documents = scale.read("out")
"""

from __future__ import annotations

from quotecraft.scale.batch import BatchReport, Engine, batch, local, read
from quotecraft.scale.options import BatchOptions

__all__ = ["BatchOptions", "BatchReport", "Engine", "batch", "local", "read"]
