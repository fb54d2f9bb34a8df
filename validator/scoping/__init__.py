"""Narrows a log to the part that an analysis will use: step by step, every row accounted for."""
