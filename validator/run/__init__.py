"""One run: what is asked for, its stages, and the record that they make."""
