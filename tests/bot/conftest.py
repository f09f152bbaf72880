"""What the tests of the conversation share."""

from pathlib import Path

import pytest
import yaml

LAWS = Path(__file__).parents[2] / "knowledge" / "content" / "laws.yaml"


@pytest.fixture(scope="session")
def known_laws() -> frozenset[str]:
    """Return the titles and short names of every law an answer may cite."""
    laws = yaml.safe_load(LAWS.read_text(encoding="utf-8"))
    return frozenset(law[name] for law in laws for name in ("title", "short"))
