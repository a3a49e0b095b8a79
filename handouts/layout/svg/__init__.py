"""SVG drawings as PDF operators: the part of SVG that clinic logos and our illustrations use.

    file → (tree) → nodes → (style, geometry) → (drawing) → operators and label places

Why our own: the operators must need no resources, be the same on every run, and nothing of a
drawing may be lost unseen. svglib leaves out what it does not know without a word, sets text in
a face that is not embedded, and costs about 300 ms to import; svgelements (MIT, 25 to 50 ms,
9,700 lines) reads paths and shapes but is as lenient. The subset needed here is small, loads in a
few milliseconds and refuses by name, line and column what it cannot draw.
"""
