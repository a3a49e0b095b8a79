"""The web twin of a sheet: one file of HTML with the same words, for a browser and a phone.

page       the whole: head, policy, header, main, footer
front      opening, at a glance, patient, contact, about
bodies     what each kind of edition has between them
blocks     paragraphs, lists, tables, callouts
inlines    text with links, citations and foreign words, kept apart where the sheet keeps them
pictures   artwork as data: URIs, with labels in their language
markup     the only place that makes tags; what goes in as text stays text
"""
