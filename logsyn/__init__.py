"""Tells whether an event log can be trusted before process mining begins.

In an installed package ``validator``, ``expectations`` and ``reports`` lie in this folder. In a checkout they lie beside it, where whoever opens the
repository sees them, and are loaded from there under the same names: ``logsyn.validator`` and so on. Nothing else that lies beside this
folder can be imported through it.
"""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

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


for _name in ("validator", "expectations", "reports"):
    if not (_HERE / _name).is_dir():
        _load_from_beside(_name)
