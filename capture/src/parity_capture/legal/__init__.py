"""Upstream run again on a capture in legal variants: as right as the capture, with rounding elsewhere.

Must not live here: the table of limits, which `parity calibrate` makes of what these variants write.
"""
