"""Fixtures of all tests."""

from pathlib import Path

import pytest

from support import made


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model of seed 5, made by upstream's modules."""
    return made(tmp_path_factory.mktemp("model") / "tiny", "5")
