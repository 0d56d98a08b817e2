import os
from pathlib import Path

import pytest


@pytest.fixture
def cosyvoice_dir() -> Path:
    """The upstream checkout; a test that needs it is skipped, and listed, where there is none."""
    pytest.importorskip("torch", reason="needs torch: run tools/setup_python.sh")
    folder = os.environ.get("COSYVOICE_DIR")
    if not folder:
        pytest.skip("needs COSYVOICE_DIR: set it to a checkout of FunAudioLLM/CosyVoice with third_party/Matcha-TTS")
    return Path(folder)
