"""The judgement: what the findings and their measures make of each question, each dimension and the log."""
