"""Tells whether an event log can be trusted before process mining begins: ``open`` and ``audit`` are where to begin.

What stands in ``__all__`` is promised: it changes only with a new major version (see docs/python.md). All else may change at any time.

In an installed package ``validator``, ``expectations`` and ``reports`` lie in this folder. In a checkout they lie beside it, where whoever opens the
repository sees them, and are loaded from there under the same names: ``logsyn.validator`` and so on. Nothing else that lies beside this
folder can be imported through it.
"""

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from logsyn.expectations.errors import DeclarationError
    from logsyn.expectations.selection import SelectionError
    from logsyn.validator.errors import AuditError, CancelledError
    from logsyn.validator.interface.at_once import audit
    from logsyn.validator.interface.audited import AuditResult, load_audit
    from logsyn.validator.interface.compared import ComparisonResult, compare
    from logsyn.validator.interface.log import Log
    from logsyn.validator.interface.log import Log as open  # noqa: A004, N813 - logsyn.open, as of files
    from logsyn.validator.interface.remedied import RemedyResult
    from logsyn.validator.progress import Progress, Step

__all__ = [
    "AuditError",
    "AuditResult",
    "CancelledError",
    "ComparisonResult",
    "DeclarationError",
    "Log",
    "Progress",
    "RemedyResult",
    "SelectionError",
    "Step",
    "audit",
    "compare",
    "load_audit",
    "open",
]

_WHERE = {
    "AuditError": "validator.errors",
    "AuditResult": "validator.interface.audited",
    "CancelledError": "validator.errors",
    "ComparisonResult": "validator.interface.compared",
    "DeclarationError": "expectations.errors",
    "SelectionError": "expectations.selection",
    "Log": "validator.interface.log",
    "Progress": "validator.progress",
    "RemedyResult": "validator.interface.remedied",
    "Step": "validator.progress",
    "audit": "validator.interface.at_once",
    "compare": "validator.interface.compared",
    "load_audit": "validator.interface.audited",
    "open": "validator.interface.log",
}
"""Module of each name; it is imported when the name is first used, so that the command line waits for none of it."""

_HERE = Path(__file__).parent


def _load_from_beside(name: str) -> None:
    """Load the package ``name`` from the folder beside this one."""
    folder = _HERE.parent / name
    spec = spec_from_file_location(
        f"{__name__}.{name}", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} is not there: install logsyn anew", name=f"{__name__}.{name}")
    package = module_from_spec(spec)
    sys.modules[spec.name] = package
    spec.loader.exec_module(package)
    globals()[name] = package


_PACKAGES = ("validator", "expectations", "reports")
for _name in _PACKAGES:
    if not (_HERE / _name).is_dir():
        _load_from_beside(_name)


def __getattr__(name: str) -> Any:
    """What ``__all__`` names, from its module."""
    if name in _PACKAGES:
        return import_module(f"{__name__}.{name}")
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), "Log" if name == "open" else name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
