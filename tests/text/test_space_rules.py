"""Rules across spaces: read from made-up fonts, one for each kind of rule."""

from __future__ import annotations

import pytest
import uharfbuzz as hb

from handouts.text.space_rules import words_stand_alone
from tests.text.made_up import GLYPHS, font


def stands_alone(features: str) -> bool:
    return words_stand_alone(hb.Face(hb.Blob(font(features))), GLYPHS.index("space"))


def test_a_font_without_rules_stands_alone() -> None:
    assert stands_alone("")


@pytest.mark.parametrize(
    "features",
    [
        "feature liga { sub a b by a_b; } liga;",
        "feature calt { sub a' b by a.alt; } calt;",
        # A space at either end of a row is the word's own neighbour.
        "feature calt { sub space a' b by a.alt; } calt;",
        "feature calt { sub a' space by a.alt; } calt;",
        "feature calt { sub space a' b space by a.alt; } calt;",
        "feature kern { pos a space -20; pos space b -30; } kern;",
        "feature kern { @L = [a space]; @R = [b space]; pos @L @R -20; } kern;",
        "feature calt { rsub space a' b by a.alt; } calt;",
        "table GDEF { GlyphClassDef [a b c space], [a_b], [acute], ; } GDEF;"
        "feature calt { lookupflag IgnoreMarks; sub a' b by a.alt; } calt;",
    ],
)
def test_rules_on_one_side_of_a_space_leave_words_alone(features: str) -> None:
    assert stands_alone(features)


@pytest.mark.parametrize(
    "features",
    [
        "feature liga { sub a space b by a_b; } liga;",
        "feature calt { sub a' space b by a.alt; } calt;",
        "feature calt { sub b space a' by a.alt; } calt;",
        "feature calt { sub c space a' b by a.alt; } calt;",
        "feature calt { sub b [space c] a' by a.alt; } calt;",
        "feature calt { rsub b space a' by a.alt; } calt;",
        "feature calt { sub a' [space c]' b' lookup one; } calt;"
        .replace("feature", "lookup one { sub a by a.alt; } one; feature", 1),
        # A rule that does not see the space, since it skips what is of its class.
        "table GDEF { GlyphClassDef [a b c space], [a_b], [acute], ; } GDEF;"
        "feature mark { lookupflag IgnoreBaseGlyphs; sub acute' acute by a.alt; } mark;",
        "feature curs { pos cursive space <anchor 0 0> <anchor 500 0>;"
        " pos cursive a <anchor 0 0> <anchor 500 0>; } curs;",
    ],
)  # fmt: skip
def test_rules_that_reach_across_a_space_are_found(features: str) -> None:
    assert not stands_alone(features)


def context(kind: str, rules: str) -> str:
    """Rules of format 1 or 2, as the feature compiler chooses from their number."""
    names = {"glyphs": "{0}", "classes": "@{0}"}[kind]
    classes = "@a = [a a.alt]; @b = [b c]; @space = [space]; "
    lookups = "lookup one { sub a by a.alt; sub a.alt by a; } one; "
    for name in ("a", "b", "space"):
        rules = rules.replace(f"<{name}>", names.format(name))
    return f"{classes}{lookups}feature calt {{ {rules} }} calt;"


@pytest.mark.parametrize("kind", ["glyphs", "classes"])
@pytest.mark.parametrize(
    ("rule", "alone"),
    [
        ("sub <a>' lookup one <b>; sub <b> <a>' lookup one <b> <b>;", True),
        ("sub <a>' lookup one <b> <space>; sub <space> <a>' lookup one <b>;", True),
        ("sub <a>' lookup one <space> <b>; sub <b> <a>' lookup one <b>;", False),
        ("sub <b> <space> <a>' lookup one; sub <b> <a>' lookup one <b>;", False),
        ("sub <a>' lookup one <space>' <b>'; sub <a>' lookup one <b>' <b>';", False),
        ("sub <a>' lookup one <b>' <space>'; sub <a>' lookup one <b>' <b>';", True),
        ("sub <b> <a>' lookup one <space>' <b>'; sub <b> <b>' <a>' lookup one;", False),
        ("sub <b> <a>' lookup one <b>' <space>'; sub <b> <b>' <a>' lookup one;", True),
        ("sub <b> <space>' <a>' lookup one; sub <b> <a>' lookup one;", False),
    ],
)
def test_rules_by_glyph_and_by_class_are_read_alike(kind: str, rule: str, alone: bool) -> None:
    assert stands_alone(context(kind, rule)) is alone


def test_a_rule_that_begins_with_another_class_than_the_space_s_is_no_rule_of_the_space() -> None:
    rule = "sub <b> <a>' lookup one <b>; sub <space>' <a>' lookup one;"
    assert stands_alone(context("classes", rule))
