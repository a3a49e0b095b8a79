"""Reading: the files that people write, into a Handout or a Clinic.

Every value keeps its file, line and column. Whatever a person may get wrong becomes a
Diagnostic; nothing else is raised.
"""
