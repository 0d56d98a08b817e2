"""Upstream CosyVoice: what a capture needs of the machine, the checkout that is loaded, and its stages as they are run.

Must not live here: hooks (`tap`), the form of files (`write`), and what a person types (`commands`).
"""
