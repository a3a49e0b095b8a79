"""The commands that are more than a few lines, each in a module of its own.

A module is imported when its command runs, or is listed; what the command needs is imported later
still, so that ``--help`` answers at once.
"""
