"""Writes model folders in the release layout with random weights: the same bytes for the same size and seed.

Must not live here: anything that captures such a model.
"""
