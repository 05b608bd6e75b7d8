"""Passwords that are guessed early though they have every kind of sign: common ones, names of this place, keys in a row.

zxcvbn (30,000 of the commonest, names, English words, keys side by side, dates, repeats) does the guessing; what people in
a Chinese bureau use beyond that, and the names in the plan, it is told here.
"""

from __future__ import annotations

import re

from catalogue.entries import CatalogueError
from catalogue.load import current_plan

LEAST = 10**8  # guesses: fewer than that falls to an attack on a stolen hash in a day
LEAST_OF_WORDS = 2 * 10**8  # where a known word, a year or a row of keys is a part of it
_LOOKED_AT = 72  # characters, zxcvbn's own limit

# Words in pinyin and numbers that sound like words, as passwords are built from them here.
_OURS = """
    fushun fsjyj fsedu jyj jiaoyu jiaoyuju jiaoshi xuexiao yuanzhang xiaozhang laoshi xuesheng youeryuan tongji baobiao
    liaoning shenyang dongbei zhongguo china beijing zhonghua renmin zhengfu bangong bangongshi caiwu renshi dangban
    mima wodemima denglu yonghu guanli guanliyuan xitong ceshi moren admin administrator root test guest user manager
    woaini aini woaiwojia baobao laopo laogong mama baba nihao hello welcome qwer asdf zxcv qaz wsx qazwsx 1qaz 2wsx abc
    abcd aa a1 xiaoming xiaohong zhangsan lisi wangwu xiaowang xiaoli xiaozhang baidu huawei tencent weixin kingsoft office
    zhang wang liu chen yang zhao huang zhou wu xu sun zhu gao lin he guo luo liang song zheng xie han tang feng dong
    520 521 1314 5201314 1314520 521521 147258 147258369 123 1234 12345 123456 123123 321 111 222 333 444 555 666 777 888
    999 000 110 112233 112211 168 518 2008 365 100 123321 654321 888888 666666 987654 a123 woaini1314 password passw0rd
    p@ssw0rd pass@word changeme letmein iloveyou summer winter spring autumn abc666888 666888 liming lihua lina liwei cisco h3c aa13579 13579 2468 24680 147852
"""


def is_weak(password: str, *about: str) -> bool:
    """Whether it is among the first that would be tried. about: names of its owner."""
    from zxcvbn import zxcvbn  # its lists take a moment, and few requests need them

    if len(set(password)) < 4:
        return True
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[*_words(*about), *_OURS.split(), *_places()])
    known = any(part["pattern"] != "bruteforce" for part in found["sequence"])
    return bool(found["guesses"] < (LEAST_OF_WORDS if known else LEAST))


def _places() -> list[str]:
    """Names and codes of the units and departments, and of the city; none where there is no plan to be read."""
    try:
        plan = current_plan()
    except (CatalogueError, OSError):
        return []
    words = {word for unit in plan.units.values() for word in _words(unit.code, unit.name, unit.name_en)}
    words |= {word for each in plan.departments.values() for word in _words(each.code, each.name, each.name_en)}
    return sorted(words | set(_words(plan.city, plan.city_en)))


def _words(*texts: str) -> list[str]:
    """Small letters; a name of several words as each of them and as one."""
    found = []
    for text in texts:
        parts = re.findall(r"\w+", text.lower())
        found += [*parts, "".join(parts)]
    return [word for word in dict.fromkeys(found) if len(word) > 1]
