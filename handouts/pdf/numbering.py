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

# The panels with links and figures, which the press puts where their panels stand. The patient's
# has none, and stands on the page of one of them.
LINKED = (PanelName.CONTACT, PanelName.CHECK)

# The imprint's.
PALETTE = 4
FORMS = {
    PanelName.HEADER: 5,
    PanelName.CONTACT: 6,
    PanelName.CHECK: 7,
    PanelName.PATIENT: 8,
}
IMPRINT_OBJECTS = 9  # its object stream
# Arrays for the /K of the panel elements.
KIDS = {PanelName.CONTACT: 10, PanelName.CHECK: 11, PanelName.PATIENT: 12}
IMPRINT_PARENTS = 13  # its leaf of the parent tree
FIRST_FREE_IN_IMPRINT = 14

# The master's.
FIRST_OF_MASTER = 256
CONTACT_PAGE = 256
CHECK_PAGE = 257  # unused when both panels stand on one page
# The patient's is unused in a sheet without a place for that panel.
ELEMENTS = {PanelName.CONTACT: 258, PanelName.CHECK: 259, PanelName.PATIENT: 260}
CATALOG = 261
INFORMATION = 262
FIRST_FREE_IN_MASTER = 263

# Keys of the parent tree: the imprint's forms and links, then the master's pages and links.
FORM_KEYS = {PanelName.CONTACT: 0, PanelName.CHECK: 1, PanelName.PATIENT: 2}
FIRST_FREE_KEY_OF_IMPRINT = 3
FIRST_KEY_OF_MASTER = 256
