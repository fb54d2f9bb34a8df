"""Hands a log on to a mining tool: files that import at first try, a README, and the account of every row."""
