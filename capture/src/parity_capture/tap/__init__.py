"""What watches a model while it runs: hooks, stand-ins for functions, the float64 twin, the draws of the sampler.

Must not live here: anything that imports upstream's code or runs a stage; the modules are given, and others run them.
"""
