"""The rules as data: the catalogue of checks, suites, source profiles and practices, and the models that load them."""
