"""What people see: view models, charts, templates and translations of the three pages."""

from reports.render import PAGES, render, render_remedy

__all__ = ["PAGES", "render", "render_remedy"]
