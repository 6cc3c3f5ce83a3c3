"""Reviewed tables of places, functions of units and their aliases."""
