"""What the report on extraction says about its figures, apart from the figures."""

NOTES = (
    "What is compared. The text that was painted and the text that a program read are put in "
    "the same form: all white space in a line is one space; what is never seen is left out "
    "(soft hyphen, zero width space, U+FEFF, and the signs that direct text: U+200E, U+200F, "
    "U+202A to U+202E, U+2066 to U+2069); for words a hyphen at a line's end joins it to the "
    "next. PDFium's U+FFFE is its sign for such a hyphen. Poppler's embeddings are resolved: "
    "the signs at the ends of what it sets from left to right inside right-to-left text are put "
    "where they are read. Nothing else: no composed character is taken apart or put together, "
    "no presentation form is undone, no joiner is dropped, no case is changed.",
    "A word is what stands between white space; in Thai, Khmer, Burmese, Chinese and Japanese "
    "it is cut further where ICU ends a word. It is whole if it comes back letter by letter, as "
    "often as it is there; its place among the others is not asked. A line is exact if it is a "
    "line of what was read.",
    "The engines set the same lines, each a paragraph of its own, as many to a page, in the same "
    "font files and size, with the language and direction named, without direction marks or "
    "isolates. PDF/UA-1 is asked of all. Ours conforms to PDF/A-2a too.",
    "Whatever these programs make of it, in our files the marked content in structure order "
    "gives the text letter by letter, in every language (tests/test_languages_read_back.py). "
    "That is what a screen reader gets. The words of the finished handouts that are not whole "
    "here are all listed, with the cause of each kind, in tests/data/lost_words.yaml.",
)

CAUSES = (
    "From left to right. A cluster of letters and marks is one glyph of our font, one code, one "
    "text and one width, so that there is nothing to guess, and all five give every word back. "
    "What is left in the handouts: PDFium starts a new line for a raised number behind a "
    "bracket; Poppler -raw sees no gap in French's narrow space; Poppler joins lines that stand "
    "beside one another in the columns of a Khmer page. Poppler may drop a hyphen at a line's "
    "end (its lines).",
    "From right to left, PDFium, Poppler and pypdf find the order of a line anew, from where "
    "its letters stand. Words of Arabic and Hebrew letters come back; lost are words that touch "
    "a bracket (PDFium turns round the mirrored brackets, which our text names as they are "
    "read), a raised number, or a Latin word or number that ends up on their other side; and "
    "words that pypdf joins where the direction or the font changes. Poppler -raw sets each word "
    "for itself, from left to right: its lines cannot be exact. In Nastaliq letters stand above "
    "one another; where two begin at the same place Poppler -raw ends the word.",
    "MuPDF, up to 1.21 at least, gives letters in the order of painting. We paint right-to-left "
    "words from left to right, marked as ReversedChars, as PDFium, pypdf and both ways of "
    "Poppler expect; painted in the order of reading they would come back from MuPDF and be "
    "lost in Poppler -raw letter by letter, and mostly in PDFium. The other engines paint as we "
    "do. What MuPDF does give back there is Latin words and numbers.",
)

WORSE = (
    "These are lines that mix directions. Ours keeps each foreign phrase apart (UAX #9, 4.3): in "
    "“Drawn for the Handouts Project. CC BY 4.0” between Hebrew words the full stop is the "
    "sentence's, so it and the licence stand to the left of the name. The others set it as one "
    "piece from left to right, whose full stop stays at its word. MuPDF joins a number that is "
    "not raised here to the one-letter word that was painted before it, and has the one-word "
    "ligature of lam and alef in order if both its letters are one code, which PDFium and Poppler "
    "would turn round. In MuPDF nobody's right-to-left words come back at all but those of one "
    "letter; only Latin ones and numbers do.",
)

TRIED = (
    "We paint the pieces of a line in the order of reading, since a screen reader must get them "
    "so; the others do not, and a screen reader gets their lines backwards (WeasyPrint) or in a "
    "mixed order (Typst). MuPDF and pypdf then saw no space where the pen goes back to the next "
    "piece. What was tried, in words and lines more (+) or fewer (-) that came back of ours, of "
    "some 1030 to 1500 words and 230 lines in a language:",
    "Pieces painted as they are seen, from left to right, each a marked content of its own, these "
    "in reading order in the structure tree: structure order stays exact and files grow by 0.1 to "
    "0.4 %, but pypdf's lines go (ar -27, he -25, ur -51, fa -7) and many of its words (ar -20, "
    "he -29, ur -49; fa +37, ps +40), MuPDF's lines (-2 to -5) and Poppler -raw's words (-3 in "
    "each). MuPDF's words gain 6 to 12 (ur -10). Poppler and PDFium, which look where letters "
    "stand, give the same. Not kept.",
    "The spaces at the ends of a right-to-left piece painted by themselves, in reading order: "
    "MuPDF's words gain (ar +16, fa +17, he +16, ps +21). Only those at its end, or only those at "
    "its start: MuPDF loses up to 28 and pypdf 11 to 30. At both ends, but beside a raised number "
    "and in Nastaliq too, PDFium loses words of the handouts (ar 1, ur 11). Kept at both ends, in "
    "lines that have no raised number, where the space is not too narrow.",
    "With that, the pen moves on by an em before it goes back behind a space: pypdf's words gain "
    "(ar +76, he +59, ps +58, fa +52, ur +5), and its lines (ar +17, he +13, fa +2, ps +1); in "
    "the handouts, where bullets and labels stand to the right of their text, 67 to 123 words in "
    "a language. Kept. No figure of ours is lower than it was, files of other languages "
    "are the same, and files of these grow by 0.2 to 0.6 %.",
    "mutool's txt and stext give the same words. Brackets cannot be named as they are seen, which "
    "PDFium expects: a screen reader would get them turned round.",
)
