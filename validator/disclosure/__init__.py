"""What may be shown of groups of rows: small ones are hidden, and whatever would let them be computed, over all that is published together."""
