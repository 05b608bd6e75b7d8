"""`python -m etl.demo` goes on working: the maker of the sample returns is the room `demo`."""

from __future__ import annotations

from runpy import run_module

if __name__ == "__main__":
    run_module("demo", run_name="__main__", alter_sys=True)
