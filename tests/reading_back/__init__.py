"""Reads finished PDFs back, so that tests can say what a reader of the file would get.

``text_in_structure_order``, ``blocks``
    the text as a screen reader gets it, from marked content in the order of the structure tree
``tags``, ``structure_tree``
    the structure tree, as text to compare and as a value
``structure_problems``, ``glyph_problems``, ``unmarked_text``, ``artifact_text``
    what is wrong, and what is outside the tree
``read_with_pdfium``, ``read_with_pypdf``, ``read_with_poppler``, ``read_with_mutool``, ``words``,
``render``
    what other programs make of the file
``EXTRACTORS``, ``compare_words``, ``compare_lines``
    how much of what was painted they give back

pypdf parses the objects; content streams, CMaps and the tree are read here.
"""

from tests.reading_back.dump import tags
from tests.reading_back.extractors import (
    EXTRACTORS,
    Extractor,
    read_with_mutool,
    read_with_pdfium,
    read_with_pdfium_and_hyphens,
    read_with_poppler,
    read_with_pypdf,
    render,
    words,
)
from tests.reading_back.faithfulness import Tally, compare_lines, compare_words
from tests.reading_back.glyph_problems import glyph_problems
from tests.reading_back.marking import artifact_text, unmarked_text
from tests.reading_back.operators import ContentStreamError
from tests.reading_back.spoken import Block, blocks, text_in_structure_order
from tests.reading_back.structure import Element, structure_tree
from tests.reading_back.structure_problems import structure_problems

__all__ = [
    "EXTRACTORS",
    "Block",
    "ContentStreamError",
    "Element",
    "Extractor",
    "Tally",
    "artifact_text",
    "blocks",
    "compare_lines",
    "compare_words",
    "glyph_problems",
    "read_with_mutool",
    "read_with_pdfium",
    "read_with_pdfium_and_hyphens",
    "read_with_poppler",
    "read_with_pypdf",
    "render",
    "structure_problems",
    "structure_tree",
    "tags",
    "text_in_structure_order",
    "unmarked_text",
    "words",
]
