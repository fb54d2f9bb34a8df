"""Drafts of source profile, practice and suite from the data, each line with the evidence that it rests on."""
