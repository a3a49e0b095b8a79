"""Languages: tag, script and direction, and the generator's own words in each.

A language is its file ``strings/<tag>.yaml``; adding one is adding files.
"""
