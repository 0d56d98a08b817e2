"""Upstream in legal variants: as right as the capture was, and rounding elsewhere; limits are calibrated on them."""
