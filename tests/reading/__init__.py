"""Tests of reading an extract."""
