"""Changes one thing of the code at a time, in a copy, and looks whether a test fails: ``make mutate``.

Own code, since what exists (mutmut, BSD; cosmic-ray, MIT; both kept well) changes Python only, and half of what this project does is SQL in strings
and in the catalogue. mutmut also names modules by their folders, which here have another import name; cosmic-ray has one list of tests for all.

``mutation`` draws, ``python_mutations`` and ``sql_mutations`` change; ``measured`` knows which test executes which line, by ``executed`` within
pytest; ``places`` says in which lines a mutation is seen, ``order`` which tests are run for it, ``trial`` runs them by ``chosen`` within pytest.
"""
