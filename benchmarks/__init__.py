"""How fast the program is, measured beside others on the same machine: ``make bench``, or ``python -m benchmarks``.

Rule of the folder: nothing here is part of the program; it starts the program as an office does and talks to it over
the network.
"""
