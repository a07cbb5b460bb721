"""Puts a slipped module in the place of one that is imported already, for `mutants.py`.

Whoever imported a function or a class keeps the one that he has, so it is changed inside: its code and its defaults. A
constant is changed in every module that has it by its name.
"""

from __future__ import annotations

import sys
from types import FunctionType, ModuleType
from typing import Any


def swap(module: ModuleType, text: str) -> None:
    """The module as if it had been imported with that text."""
    fresh = {"__name__": module.__name__, "__file__": module.__file__, "__package__": module.__package__}
    stand_in = ModuleType(module.__name__)
    stand_in.__dict__.update(fresh)
    sys.modules[module.__name__] = stand_in  # a dataclass looks there for its own module
    try:
        exec(compile(text, module.__file__ or "", "exec"), stand_in.__dict__)
    finally:
        sys.modules[module.__name__] = module
    for name, new in vars(stand_in).items():
        old = vars(module).get(name)
        if isinstance(old, type) or _function(old):
            if old.__module__ == module.__name__:
                _changed(old, new)
        elif not name.startswith("__") and repr(old) != repr(new):
            _everywhere(name, old, new)


def _everywhere(name: str, old: Any, new: Any) -> None:
    for module in list(sys.modules.values()):
        if module is not None and vars(module).get(name) is old:
            setattr(module, name, new)


def _changed(old: Any, new: Any) -> None:
    """A function's code and defaults; of a class, those of its methods, and its constants."""
    if not isinstance(old, type):
        _recoded(_function(old), _function(new))
        return
    for name, value in vars(new).items():
        held = vars(old).get(name)
        if _function(held):
            _recoded(_function(held), _function(value))
        elif isinstance(value, (int, float)) and not name.startswith("__"):
            setattr(old, name, value)


def _recoded(old: FunctionType | None, new: FunctionType | None) -> None:
    if old is not None and new is not None and len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def _function(value: Any) -> FunctionType | None:
    """The function inside a method, a property, a cache or a decorator."""
    for inside in ("fget", "func", "__func__", "__wrapped__"):
        value = (
            getattr(value, inside, value) if not isinstance(value, FunctionType) or inside == "__wrapped__" else value
        )
    return value if isinstance(value, FunctionType) else None
