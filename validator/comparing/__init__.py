"""Compares audits of successive deliveries: what is new, gone, better or worse, by rule and team."""
