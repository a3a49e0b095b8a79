"""Every clinic, every language: from a plan to all of its files, again and again."""
