"""What holds for every test: skips are told and counted (tests/skips.py)."""

pytest_plugins = ["tests.skips"]
