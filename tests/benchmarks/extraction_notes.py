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
    "The engines set the same lines, each a paragraph of its own, in the same font files and "
    "size, with the language and direction named, without direction marks or isolates. PDF/UA-1 "
    "is asked of all. Ours conforms to PDF/A-2a too.",
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
    "read), a raised number, or a Latin word or number that ends up on their other side; "
    "bullets, which pypdf joins to the word after them, since it sees no space where the pen "
    "goes back. Poppler -raw sets each word for itself, from left to right: its lines cannot be "
    "exact. In Nastaliq letters stand above one another; where two begin at the same place "
    "Poppler -raw ends the word.",
    "MuPDF, up to 1.21 at least, gives letters in the order of painting. We paint right-to-left "
    "words from left to right, marked as ReversedChars, as PDFium, pypdf and both ways of "
    "Poppler expect; painted in the order of reading they would come back from MuPDF and be "
    "lost in Poppler -raw letter by letter, and mostly in PDFium. The other engines paint as we "
    "do. What MuPDF does give back there is Latin words and numbers.",
)

WORSE = (
    "All of these are lines that mix directions, and all have one cause. We paint the pieces of "
    "a line in the order of reading, since a screen reader must get them so; the others do not, "
    "and a screen reader gets their lines backwards (WeasyPrint) or in a mixed order (Typst). A "
    "full stop that belongs to the right-to-left line but stands behind a Latin word is then "
    "painted last, on the other side of the word: MuPDF and Poppler -raw start a line for it, "
    "and Poppler takes the line for one from left to right. pypdf sees no space where the pen "
    "goes back to the next piece. In MuPDF nobody's right-to-left words come back at all, only "
    "Latin ones and numbers.",
)
