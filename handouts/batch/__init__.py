"""Every clinic, every language: from a plan to all of its files, again and again.

expand     BatchPlan      → Expansion: which sheets, for which clinics, under which names
order      Expansion      → Groups: the files of one master, with the keys of all pieces
decide     Group + ledger → Decisions: which of the files are made, and why
dispatch   Decisions      → Jobs for a crew (this process, a pool, a cluster); each has a desk
record     Outcomes       → the ledger
bundle     ledger         → an index and a ZIP for each clinic
report     ledger + tally → a summary, report.json, report.html, SHA256SUMS

A master or imprint is a *piece*. Its *key* is the hash of all that it is made from (``inputs``), so
that it is found in the cache by what it would be; its *digest* is the hash of what it became, so
that what comes out as before is not pressed again. ``running`` is the map.
"""
