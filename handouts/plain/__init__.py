"""The plain-text twin of a sheet: the same words for the body of an e-mail, wrapped in lines.

wrapping   paragraphs to lines of so many columns
inlines    text with the numbers of references and the addresses of links in it
writer     headings, lists, tables, callouts
text       the whole, from top to bottom
"""
