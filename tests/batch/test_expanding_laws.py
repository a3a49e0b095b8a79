"""What holds of every plan, whatever it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.batch.expanding import Expansion, expand
from handouts.batch.naming import naming
from handouts.plan import BatchPlan, Bundle, NameTemplate, Selection, Wanted
from handouts.preparing import checked_clinic
from tests.batch.examples import Network, made_network

CLINICS = ("hillside", "lakeside", "riverside")
HANDOUTS = ("asthma", "sore-throat")


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A network whose files no test changes."""
    return made_network(tmp_path_factory.mktemp("network"))


def expansion(network: Network, plan: BatchPlan) -> Expansion:
    library = network.library
    return expand(plan, library, lambda slug: checked_clinic(library, slug)[0])


def names(found: Expansion) -> list[str]:
    name_of = naming(found.plan.file_name)
    return [name_of(slug, *sheet) for sheet, slugs in found.sheets.items() for slug in slugs]


def some(known: tuple[str, ...]) -> st.SearchStrategy[tuple[Wanted, ...]]:
    patterns = ("*", "*s*", "?*")
    names = st.sampled_from((*known, *patterns)).map(Wanted)
    return st.lists(names, max_size=3).map(tuple)


selections = st.builds(
    Selection, clinics=some(CLINICS), handouts=some(HANDOUTS), languages=some(("en", "es")),
    papers=st.lists(st.sampled_from(["a4", "letter"]).map(Wanted), max_size=2).map(tuple),
)  # fmt: skip
lists = st.lists(selections, min_size=1, max_size=3).map(tuple)
no_lists = st.lists(selections, max_size=2).map(tuple)
within_one_module = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEMPLATE = NameTemplate("{clinic}/{language}/{handout}-{paper}.pdf")


def plan_of(chosen: tuple[Selection, ...], **rest: Any) -> BatchPlan:
    return BatchPlan("law", chosen, file_name=TEMPLATE, **rest)


@within_one_module
@given(lists, no_lists)
def test_each_name_is_there_once(
    network: Network, chosen: tuple[Selection, ...], out: tuple[Selection, ...]
) -> None:
    found = expansion(network, plan_of(chosen, exclusions=out, bundles=(Bundle.INDEX,)))
    assert len(set(names(found))) == len(names(found)) == found.output_count
    assert all(map(found.is_named, names(found)))
    assert set(found.clinics) == {slug for slugs in found.sheets.values() for slug in slugs}


@within_one_module
@given(lists, no_lists, st.randoms())
def test_the_order_in_which_things_are_named_makes_no_difference(
    network: Network, chosen: tuple[Selection, ...], out: tuple[Selection, ...], chance: Any
) -> None:
    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(items, len(items)))

    def turned(selection: Selection) -> Selection:
        fields = ("clinics", "handouts", "languages", "papers")
        return Selection(**{name: shuffled(getattr(selection, name)) for name in fields})

    others = tuple(map(turned, shuffled(chosen)))
    found = expansion(network, plan_of(chosen, exclusions=out))
    other = expansion(network, plan_of(others, exclusions=shuffled(tuple(map(turned, out)))))
    assert list(found.sheets.items()) == list(other.sheets.items())


@within_one_module
@given(lists, no_lists, selections)
def test_an_exclusion_never_adds_and_one_more_selection_never_removes(
    network: Network, chosen: tuple[Selection, ...], out: tuple[Selection, ...], more: Selection
) -> None:
    before = set(names(expansion(network, plan_of(chosen, exclusions=out))))
    assert set(names(expansion(network, plan_of(chosen, exclusions=(*out, more))))) <= before
    assert set(names(expansion(network, plan_of((*chosen, more), exclusions=out)))) >= before


@within_one_module
@given(lists, selections)
def test_what_is_excluded_is_what_the_exclusion_would_have_made(
    network: Network, chosen: tuple[Selection, ...], out: Selection
) -> None:
    """For lists that name languages and papers: of these, a selection has defaults."""
    out = Selection(
        out.clinics,
        out.handouts,
        out.languages or (Wanted("en"), Wanted("es")),
        papers=out.papers or (Wanted("a4"), Wanted("letter")),
    )
    all_of_them = set(names(expansion(network, plan_of(chosen))))
    excluded = set(names(expansion(network, plan_of((out,)))))
    left = set(names(expansion(network, plan_of(chosen, exclusions=(out,)))))
    assert left == all_of_them - excluded
