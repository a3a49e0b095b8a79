"""Tests of the web twin and of plain text."""
