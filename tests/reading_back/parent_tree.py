"""Whether the parent tree leads from content and annotations to their elements (14.7.4.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.reading_back.file import File
from tests.reading_back.marking import Mark
from tests.reading_back.objects import items, lookup, object_number
from tests.reading_back.structure import Element


def parent_tree_problems(
    file: File, claims: dict[Mark, list[Element]], annotations: dict[int, Element]
) -> Iterator[str]:
    """``claims`` are the elements of each mark, ``annotations`` those of each annotation."""
    root = file.catalog["/StructTreeRoot"].get_object()
    if "/ParentTree" not in root:
        yield "there is no parent tree"
        return
    pairs = list(_number_tree(root["/ParentTree"].get_object()))
    entries = dict(pairs)
    keys = [key for key, _ in pairs]
    if keys != sorted(entries):
        yield "the keys of the parent tree are not in order, or not unique"
    if "/ParentTreeNextKey" in root and keys and max(keys) >= root["/ParentTreeNextKey"]:
        yield f"ParentTreeNextKey is {root['/ParentTreeNextKey']}, the parent tree has {max(keys)}"

    owners: dict[int, dict[int, Element]] = defaultdict(dict)
    for (stream, mcid), elements in claims.items():
        owners[stream][mcid] = elements[0]
    used: list[int] = []
    for stream in sorted(owners):
        name = file.name(stream)
        key = lookup(file.object(stream), "/StructParents")
        if key is None:
            yield f"{name} has marked content but no StructParents"
            continue
        used.append(key)
        yield from _list_problems(name, entries.get(key), owners[stream])
    for number, element in sorted(annotations.items()):
        key = lookup(file.object(number), "/StructParent")
        if key is None:
            yield f"annotation {number} has no StructParent"
            continue
        used.append(key)
        if object_number(entries.get(key)) != element.number:
            yield f"annotation {number} is of {element.tag}, the parent tree says otherwise"
    for key in sorted(set(used)):
        if used.count(key) > 1:
            yield f"entry {key} of the parent tree is used {used.count(key)} times"
    for key in sorted(entries.keys() - set(used)):
        yield f"entry {key} of the parent tree is used by nothing"


def _list_problems(name: str, entry: Any, owners: dict[int, Element]) -> Iterator[str]:
    parents = None if entry is None else entry.get_object()
    if not isinstance(parents, list):
        yield f"{name} has no list in the parent tree"
        return
    for mcid in range(max(len(parents), max(owners) + 1)):
        stated = object_number(parents[mcid]) if mcid < len(parents) else 0
        owner = owners.get(mcid)
        if owner is None and stated:
            yield f"{name}: content {mcid} is of no element, the parent tree says {stated}"
        elif owner is not None and stated != owner.number:
            yield f"{name}: content {mcid} is of {owner.tag}, the parent tree says otherwise"


def _number_tree(node: Any) -> Iterator[tuple[int, Any]]:
    numbers = items(node, "/Nums")
    yield from ((int(numbers[i]), numbers[i + 1]) for i in range(0, len(numbers), 2))
    for kid in items(node, "/Kids"):
        yield from _number_tree(kid.get_object())
