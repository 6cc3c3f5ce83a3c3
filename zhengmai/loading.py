"""Loading the packages behind Zhengmai by their own place, so that a file of somebody else's with such a name hides none."""

import importlib.util
import sys
from pathlib import Path

PACKAGES = ("graph", "loaders", "queries", "views", "cli")
_ROOT = Path(__file__).resolve().parent.parent


def load() -> None:
    """Make the packages importable by their plain names, ours and no others.

    Raises:
        ImportError: another module of such a name was imported before; the message says from which file.
    """
    for name in PACKAGES:
        place = _ROOT / name / "__init__.py"
        held = sys.modules.get(name)
        if held is not None:
            origin = getattr(held, "__file__", None)
            if origin is None or Path(origin).resolve() != place:
                raise ImportError(
                    f"{origin or name} hides the package {name!r} of zhengmai; rename that file, or import zhengmai first"
                )
            continue
        spec = importlib.util.spec_from_file_location(name, place, submodule_search_locations=[str(place.parent)])
        if spec is None or spec.loader is None:
            raise ImportError(f"{place}: the package {name!r} of zhengmai is not there; install zhengmai again")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
