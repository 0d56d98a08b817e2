"""One module a verb: it parses and calls, nothing else."""
