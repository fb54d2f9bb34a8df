"""Applies remedies to the rows of a log: only what is declared, in that order, every row and value accounted for."""
