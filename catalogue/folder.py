"""The files of a plan folder, each in its own shape, become entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catalogue import model
from catalogue.entries import Mistake, T, mistake, read_entry, read_toml
from catalogue.generated import PREFIXES


class Folder:
    """The files of one plan folder; every mistake goes to `mistakes`."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = mistakes
        self._read: dict[str, dict[str, Any]] = {}

    def toml(self, file: str, required: bool = True) -> dict[str, Any]:
        if file not in self._read:
            self._read[file] = read_toml(self.path / file, self.mistakes, required)
        return self._read[file]

    def tables(self, file: str, name: str, rows: Any) -> Iterator[dict[str, Any]]:
        """The rows that are tables; what stands there instead is a mistake."""
        if not isinstance(rows, list):
            self.mistakes.append(mistake(file, "", name, "not_tables"))
            return
        for n, row in enumerate(rows, start=1):
            if isinstance(row, dict):
                yield row
            else:
                self.mistakes.append(mistake(file, f"{name} {n}", "", "not_a_table", value=row))

    def groups(self, file: str, name: str, groups: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """The tables of a table, with their names."""
        for key, group in (groups if isinstance(groups, dict) else {name: groups}).items():
            if isinstance(group, dict):
                yield key, group
            else:
                self.mistakes.append(mistake(file, "", key, "not_a_table", value=group))

    def rows(self, cls: type[T], file: str, table: str, key: str, required: bool = True) -> list[T]:
        rows = self.tables(file, table, self.toml(file, required).get(table, []))
        found = (
            read_entry(cls, row, file, str(row.get(key, f"{table} {n}")), self.mistakes)
            for n, row in enumerate(rows, start=1)
        )
        return [entry for entry in found if entry is not None]

    def entries(self, cls: type[T], file: str, table: str, key: str, required: bool = True) -> dict[Any, T]:
        """key -> entry; a key written twice is a mistake."""
        return self._keyed(self.rows(cls, file, table, key, required), file, key)

    def _keyed(self, rows: Sequence[T | None], file: str, key: str) -> dict[Any, T]:
        found: dict[Any, T] = {}
        for entry in rows:
            if entry is None:
                continue
            name = getattr(entry, key)
            if name in found:
                self.mistakes.append(mistake(file, name, key, "twice"))
            found[name] = entry
        return found

    def elements(self) -> dict[str, model.Element]:
        """elements.toml: form -> sheet -> rows."""
        file = "elements.toml"
        found = []
        for form, sheets in self.groups(file, "", self.toml(file)):
            for sheet, rows in sheets.items():
                for n, row in enumerate(self.tables(file, f"{form}.{sheet}", rows), start=1):
                    name = str(row.get("code", f"{form}.{sheet} {n}"))
                    if name.startswith(PREFIXES):
                        self.mistakes.append(mistake(file, name, "code", "kept_prefix"))
                    whole = {**row, "form": form, "sheet": sheet}
                    found.append(read_entry(model.Element, whole, file, name, self.mistakes))
        return self._keyed(found, file, "code")

    def indicators(self, units: dict[str, model.Unit]) -> dict[str, model.Indicator]:
        """indicators.toml: theme -> rows; units "all" and "counties" are spelled out."""
        file = "indicators.toml"
        groups = {
            "all": list(units),
            "counties": [code for code, unit in units.items() if unit.kind == "county"],
        }
        found = []
        for theme, table in self.groups(file, "", self.toml(file)):
            rows = self.tables(file, f"{theme}.indicators", table.get("indicators", []))
            for n, row in enumerate(rows, start=1):
                who = row.get("units", [])
                spelled = groups.get(who, [who]) if isinstance(who, str) else who
                whole = {**row, "theme": theme, "units": spelled}
                name = str(row.get("code", f"{theme} {n}"))
                found.append(read_entry(model.Indicator, whole, file, name, self.mistakes))
        return self._keyed(found, file, "code")

    def themes(self) -> dict[str, model.Theme]:
        """indicators.toml: a theme's own fields lie beside its `indicators`."""
        file = "indicators.toml"
        found = [
            read_entry(
                model.Theme,
                {"code": code, **{key: value for key, value in table.items() if key != "indicators"}},
                file,
                code,
                self.mistakes,
            )
            for code, table in self.groups(file, "", self.toml(file))
        ]
        return self._keyed(found, file, "code")

    def forms(self) -> dict[str, model.Form]:
        """forms.toml: [form.checks] lies beside the form's own fields."""
        file = "forms.toml"
        found = []
        for n, row in enumerate(self.tables(file, "form", self.toml(file).get("form", [])), start=1):
            plain = {key: value for key, value in row.items() if key != "checks"}
            checks = dict(self.groups(file, "checks", {"checks": row.get("checks", {})}))
            whole = {"sheets": {}, **plain, **checks.get("checks", {})}
            found.append(read_entry(model.Form, whole, file, str(row.get("code", f"form {n}")), self.mistakes))
        return self._keyed(found, file, "code")

    def choices(self) -> dict[str, dict[str, str]]:
        """forms.toml: [choices.<name>] key = label."""
        return dict(self.groups("forms.toml", "choices", self.toml("forms.toml").get("choices", {})))

    def lights(self) -> model.LightRules | None:
        """lights.toml: [pace] yellow_within is the field pace_yellow_within, and so on."""
        file = "lights.toml"
        if not self.toml(file):
            return None
        flat = {
            f"{table}_{key}": value
            for table, values in self.groups(file, "", self.toml(file))
            for key, value in values.items()
        }
        return read_entry(model.LightRules, flat, file, "", self.mistakes)
