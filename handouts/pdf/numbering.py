"""The object numbers by which master and imprint know each other.

Both are written before they meet, so each names the other's objects by numbers agreed here. The
same holds for the keys of the parent tree (ISO 32000-1, 14.7.4.4).
"""

from __future__ import annotations

from handouts.layout.pages import PanelName

# Written by the press, since they depend on both.
CROSS_REFERENCES = 1
CONTACT_PAGE_ANNOTATIONS = 2
CHECK_PAGE_ANNOTATIONS = 3

# The imprint's.
PALETTE = 4
FORMS = {PanelName.HEADER: 5, PanelName.CONTACT: 6, PanelName.CHECK: 7}
IMPRINT_OBJECTS = 8  # its object stream
KIDS = {PanelName.CONTACT: 9, PanelName.CHECK: 10}  # arrays for the /K of the panel elements
IMPRINT_PARENTS = 11  # its leaf of the parent tree
FIRST_FREE_IN_IMPRINT = 12

# The master's.
FIRST_OF_MASTER = 256
CONTACT_PAGE = 256
CHECK_PAGE = 257  # unused when both panels stand on one page
ELEMENTS = {PanelName.CONTACT: 258, PanelName.CHECK: 259}
CATALOG = 260
INFORMATION = 261
FIRST_FREE_IN_MASTER = 262

# Keys of the parent tree: the imprint's forms and links, then the master's pages and links.
FORM_KEYS = {PanelName.CONTACT: 0, PanelName.CHECK: 1}
FIRST_FREE_KEY_OF_IMPRINT = 2
FIRST_KEY_OF_MASTER = 256
