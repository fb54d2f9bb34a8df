"""What people see: view models, charts, templates and translations of the three pages."""
