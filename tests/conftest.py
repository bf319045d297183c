"""Settings of all tests: how long generated cases take depends on the machine and decides nothing."""

from hypothesis import settings

settings.register_profile("quotecraft", deadline=None)
settings.load_profile("quotecraft")
