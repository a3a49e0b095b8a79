"""What stands in the box for one patient."""

from __future__ import annotations

from handouts.languages import Language
from handouts.patient import Patient

FIELDS = ("patient", "clinician", "appointment")  # below them are the notes


def values_of(patient: Patient, language: Language) -> dict[str, str]:
    """What stands behind the label of each field; empty where there is a line to write on."""
    when = patient.appointment
    return {
        "patient": patient.name,
        "clinician": patient.clinician,
        "appointment": language.appointment(when) if when is not None else "",
    }
