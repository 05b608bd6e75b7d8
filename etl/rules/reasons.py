"""When 变化原因 explains something, and when it is only a filler."""

from __future__ import annotations

import re

_FILLERS = """
    无 没有 暂无 同上 如上 见上 略 不详 未知 其他 正常 情况正常 数据正常 正常变化 正常变动
    变化 变动 有变化 无变化 没变化 无变动 无异常 属实 无误 核实无误 已核实
    none normal same ditto null nothing unknown other
"""
FILLERS = frozenset(_FILLERS.split())
LEAST_CHINESE = 2  # different characters
LEAST_LETTERS = 4
_CORRECTION = "更正"


def explains(reason: str) -> bool:
    """Two different Chinese characters or four letters, and not a filler such as 同上."""
    plain = "".join(re.findall(r"\w", reason)).casefold()
    if plain in FILLERS:
        return False
    chinese = re.findall(r"[\u3400-\u9fff]", plain)
    return len(set(chinese)) >= LEAST_CHINESE or len(re.findall(r"[a-z]", plain)) >= LEAST_LETTERS


def corrects(reason: str) -> bool:
    """Says 更正 and why: the bare word explains nothing."""
    return _CORRECTION in reason and explains(reason.replace(_CORRECTION, ""))
