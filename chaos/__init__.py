"""Faults on purpose: clients that write down all they did, a house that is killed under them,
and a checker that reads both what they wrote and the database.

    make chaos                 # everything; half an hour
    make chaos SCALE=0.05      # a short one

Outside the product: it knocks at the doors that browsers knock at.
"""
