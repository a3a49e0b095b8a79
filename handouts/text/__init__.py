"""Text: from styled words to lines of placed glyphs, in every script."""
