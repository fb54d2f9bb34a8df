"""Derives what the rules look at: columns of events, and the tables cases, labels and log."""
