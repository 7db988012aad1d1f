"""Runs a JoinQuant script: its own Python, the runtime's semantics.

What a name of the API means (arguments, phases, units, refusals) is said by the runtime in TypeScript, which is asked by name.
Here are the looks only: objects, dictionaries, operators of query, pandas. Standard library only; numpy and pandas are imported
when something first needs them.
"""
