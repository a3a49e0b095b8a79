"""PDF: from placed items and a structure tree to tagged bytes, in a master and an imprint."""
