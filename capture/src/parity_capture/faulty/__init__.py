"""Upstream with one fault put in on purpose: a reference that a healthy port must be found to differ from, and where.

Lives here: the faults and what each may be named by. What captures is not here, and knows of a fault its kind only.
"""
