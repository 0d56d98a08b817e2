"""Tensors on disk: spools, safetensors files, the folder that they are published to, and what made them.

Must not live here: anything that makes a tensor or asks upstream; tensors and their names are given.
"""
