"""The documents, those that are generated, and the pictures of the pages."""
