"""Trouble made on purpose, for practice and tests."""
