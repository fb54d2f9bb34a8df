"""Practices as guides: one that says much, one that says next to nothing, and one with hostile texts."""

from __future__ import annotations

from logsyn.expectations.practice import Practice, load_practice


def rich() -> Practice:
    """The practice that comes with the package."""
    return load_practice("jobcenter")


def bare() -> Practice:
    """Names and nothing else: everything is to be decided."""
    return Practice.model_validate(
        {"practice": "bar", "activities": {"Åben rådgivning": {}, "Jobmål": {"period": True}, "Ærinde": {}}}
    )


def short() -> Practice:
    """A default and no activities."""
    return Practice.model_validate({"practice": "kort", "default": {"register_within_days": {"Jobklub": 3, "*": 0.5}}})


def hostile(text: str) -> Practice:
    """``text`` wherever a practice can have one."""
    activity = {
        "group": text, "about": text, "why": text, "meaning": {text: text, "*": text + "2"}, "period": True,
        "registered_by": {text: text, "*": text + "2"}, "register_within_days": {text: 9}, "planned_end_within_days": {text: 1},
    }  # fmt: skip
    return Practice.model_validate(
        {
            "practice": text[:200], "title": {"da": text, "en": text}, "about": text, "why": text, "owner": text,
            "contact": text, "version": text, "activities": {text: activity, text + "3": {}},
            "resources": {text: {"system": True, "about": text, "activities": [text]}},
        }
    )  # fmt: skip
