"""Patient handouts: structured text in, branded and tagged print-ready PDF out."""

__version__ = "0.1.0"
