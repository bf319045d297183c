"""Makes every shipped weight from named data; never imported at run time."""
