"""The press: a master and an imprint joined into a file by arithmetic on offsets.

Nothing is parsed, laid out or compressed. The master's bytes stand first, so that its own
cross-reference stream is right as it is. The imprint's follow, and with them the few objects that
depend on both: the links on the pages of the panels, and what has coordinates in a panel. The last
cross-reference stream names these and leads to the master's (ISO 32000-1, 7.5.8).
"""

from __future__ import annotations

from hashlib import blake2b

from handouts.pdf import numbering
from handouts.pdf.body import indirect
from handouts.pdf.imprint import ROW_SIZE, Arrangement, Imprint
from handouts.pdf.master import Master

_IN_USE = 1 << 40


def press(master: Master, imprint: Imprint) -> bytes:
    """The finished file."""
    return master.data + press_after(master, imprint)


def press_after(master: Master, imprint: Imprint) -> bytes:
    """What follows the master's own bytes in the finished file.

    A batch writes the two one after the other, and hashes the master's once for all files.
    """
    arrangement = _arrangement(master, imprint)
    start = len(master.data)
    count = arrangement.object_count
    pieces = [arrangement.data]
    offset = start + len(arrangement.data)
    rows = int.from_bytes(arrangement.rows) + int.from_bytes(arrangement.step) * start

    for number, value in _joint_objects(master, imprint):
        piece = indirect(number, value)
        rows |= (_IN_USE | offset << 8) << 8 * ROW_SIZE * (count - 1 - number)
        pieces.append(piece)
        offset += len(piece)

    rows |= (_IN_USE | offset << 8) << 8 * ROW_SIZE * (count - 1 - numbering.CROSS_REFERENCES)
    identifier = blake2b(master.digest + imprint.digest, digest_size=16).hexdigest().encode()
    pieces.append(
        b"%d 0 obj\n<</Type/XRef/W[1 4 1]/Index[0 %d]/Size %d/Prev %d/Root %d 0 R/Info %d 0 R"
        b"/ID[<%s><%s>]/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (
            numbering.CROSS_REFERENCES,
            count,
            master.object_count,
            master.cross_references,
            numbering.CATALOG,
            numbering.INFORMATION,
            identifier,
            identifier,
            ROW_SIZE * count,
            rows.to_bytes(ROW_SIZE * count),
            offset,
        )
    )
    return b"".join(pieces)


def _arrangement(master: Master, imprint: Imprint) -> Arrangement:
    if master.has_one_panel_page:
        return imprint.together
    return imprint.late if master.has_late_patient else imprint.apart


def _joint_objects(master: Master, imprint: Imprint) -> list[tuple[int, bytes]]:
    """The objects that depend on both master and imprint, with their numbers."""
    own, clinics = master.annotations, imprint.annotations
    if master.has_one_panel_page:
        links = b"[%s %s %s]" % (own[0], clinics[0], clinics[1])
        objects = [(numbering.CONTACT_PAGE_ANNOTATIONS, links)]
    else:
        objects = [
            (numbering.CONTACT_PAGE_ANNOTATIONS, b"[%s %s]" % (own[0], clinics[0])),
            (numbering.CHECK_PAGE_ANNOTATIONS, b"[%s %s]" % (own[1], clinics[1])),
        ]
    for placeable in imprint.placeables:
        x, y = master.places[placeable.panel]
        objects.append((placeable.number, placeable.value.at(x, y)))
    return objects
