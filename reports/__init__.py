"""What people see: view models, charts, templates and translations of the three pages."""

from reports.render import PAGES, render

__all__ = ["PAGES", "render"]
