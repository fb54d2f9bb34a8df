"""The tables that a run keeps in its database: what each is, where its rows come from, and how rows are changed."""
