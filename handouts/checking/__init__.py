"""The editorial gate: what a text needs besides being readable as a file."""
