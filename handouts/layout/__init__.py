"""Layout: from a handout to pages of placed items, on ReportLab's Platypus."""
