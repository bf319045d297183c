"""Settings of all tests: how long a generated case takes depends on the machine, so none is set."""

from hypothesis import settings

settings.register_profile("quotecraft", deadline=None)
settings.load_profile("quotecraft")
