"""Upstream with one fault put in on purpose: the faults, and the tensors by which a harness may name each.

Must not live here: anything that captures; what does so knows of a fault its kind only.
"""
