"""Live: one hub per process tells every open browser what is new in what it may see.

A bus only says *where* something is new; the hub reads what it is from the database,
once for all who listen, and writes the same bytes to each. So the bus may lose, double
or reorder what it likes: the next word on the topic, or the hub's own look every second,
finds the rest. Knows no Django; `config/live.py` brings the house to it.
"""
