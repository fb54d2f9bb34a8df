"""Changes one thing of the code at a time, in a copy, and looks whether a test fails: ``make mutate``.

Own code, since what exists (mutmut, BSD; cosmic-ray, MIT; both kept well) changes Python only, and half of what this project does is SQL in strings
and in the catalogue. mutmut also names modules by their folders, which here have another import name; cosmic-ray has one list of tests for all.
"""
