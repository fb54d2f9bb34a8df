"""Precision, recall and F1 of the checks on logs of which the truth is known."""
