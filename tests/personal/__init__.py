"""Tests of personal numbers: what is found, masked and kept apart."""
