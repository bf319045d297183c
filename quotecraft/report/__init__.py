"""The audit of a collection as one HTML page: figures, charts, caveats, and the method behind each.

>>> from quotecraft.report import report_html
>>> page = report_html(documents, title="The Example, 2024")  # doctest: +SKIP

The page stands alone: no script, nothing from the network, everything escaped. The charts need
``pip install 'quotecraft[report]'``.
"""

from __future__ import annotations

from quotecraft.report.audit import check_installed, report_html

__all__ = ["check_installed", "report_html"]
