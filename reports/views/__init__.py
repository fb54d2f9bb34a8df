"""The view models: one frozen dataclass a page, which holds exactly what its template shows."""
