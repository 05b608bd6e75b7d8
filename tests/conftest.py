"""Shared by every chapter of the tests."""
