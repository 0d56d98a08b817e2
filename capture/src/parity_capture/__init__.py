"""Runs upstream CosyVoice3 and writes what every module read and wrote; knows nothing of any port."""

__version__ = "0.2.0"
