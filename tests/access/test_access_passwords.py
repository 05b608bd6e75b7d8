"""What a password must be like, and that a hash tells nothing about who is there."""

from __future__ import annotations

import time
from statistics import median

import pytest
from access_fixtures import IP, PASSWORD, an_account, cheap, some_settings, store  # noqa: F401  (fixtures)

from access import account_rows, accounts, db, passwords
from catalogue.wording import say

pytestmark = pytest.mark.usefixtures("store")


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("Geheim-2021x", None),
        ("geheim-2021x", None),  # small letters, digits, symbols: three kinds
        ("Schule2021", None),
        ("抚顺Schule21", None),
        ("Schule 2021", None),
        ("", "blank"),
        ("   \t  　  ", "blank"),
        ("Ab1-Ab1", "short"),
        ("schule2021", "classes"),
        ("SCHULE2021", "classes"),
        ("Schuleschule", "classes"),
        ("12345678-", "classes"),
        ("抚顺市教育局工作要点", "classes"),
        ("Xinfu01-geheim", "name"),
        ("1-XINFU01-x", "name"),
        ("Fushun@2021", "common"),
        ("P@ssw0rd", "common"),
        ("Aa1Aa1Aa1", "common"),
        ("Ab1-" * 40, "long"),
    ],
)
def test_the_rule_for_passwords(password, problem):
    fields = {"length": passwords.LONGEST if problem == "long" else 8, "classes": 3}
    assert passwords.complaint(password, "xinfu01") == (problem and say(f"password.{problem}", **fields))


# Each has three kinds of signs and eight of them, and is among the first that anybody tries in such a bureau.
COMMON = """
    Password1! Password@1 Password@123 Password123! Passw0rd! P@ssw0rd P@ssword1 P@ssw0rd123 P@ssw0rd2021 Pa$$w0rd1
    Pass@1234 Pass@word1 Admin@123 Admin123! Admin@1234 Admin@12345 Admin@123456 Admin@2021 Admin#2021 Admin888!
    admin@888 Root@123 root@2021 Test@123 Test1234! Test@2021 User@123 Guest@123 Abc@1234 Abc@12345 Abc@123456
    Abc12345! Abcd@1234 Abcd1234! Abcd1234 Abc123!@# Aa123456 Aa123456! Aa@123456 Aa112233! A1234567 A12345678
    A123456! a123456@ Aa12345678 Aa@12345 Aa13579! Qwer1234 Qwer@1234 Qwer1234! Qwerty1! Qwerty123 Qwerty@123
    Qwert12345! Asdf1234! Asdf@1234 Zxcv1234! Zxcvbnm1! 1qaz@WSX 1qaz2wsx! 1qazXSW@ 1qaz!QAZ !QAZ2wsx Zaq1@wsx
    1q2w3e4R! Q1w2e3r4 Q1w2e3r4! Qaz123456! Qazwsx123! Qaz@1234 Welcome1 Welcome1! Welcome@123 Welcome@2021
    Changeme1! Letmein1! Iloveyou1! Iloveyou@123 Woaini1314 Woaini1314! Woaini@1314 Woaini520! woaini@520 Wo@5201314
    Aini1314! Nihao123! Huawei@123 Huawei12#$ H3c@123456 Baidu@123 China@123 China@2021 Zhongguo@123 Zhongguo1!
    Beijing@2008 Beijing2021! Fushun@123 Fushun123! Fushun@2021 Fushun2021! Fushun2021 Fushun@2022 Fsjyj@123
    Fsjyj@2021 Fsjyj2021 Jiaoyu@123 Jiaoyu@2021 Jiaoyuju@123 Jyj@123456 Liaoning@123 Liaoning@2021 Xinfu@2021
    Xinfu@210402 Xinfu123! Dongzhou@123 Wanghua@2021 Shuncheng1! Qingyuan@123 Xinbin2021! Xuexiao@123 Laoshi@123
    Zhang@123 Zhang@1985 Wang1234! Wang@2021 Liming@123 Lihua@123 Zhangsan@123 Zhangsan1! Xiaoming520! Mima@123456
    Mima123! 123456@Abc 123456Abc! 123456aA! 12345678Aa 12345678Aa! 12345678a! 123Qwe!@# 123qwe!@# Qwe123!@#
    111111Aa! 888888Aa! Aa888888! Aa666666 Abc666888! Summer2021! Spring2021! Winter@2021 January2021! October@2021
    Monday@123 Football1! Michael1! Jordan23! Dragon123! Monkey123! Master@123 Server@123 Oracle@123 Cisco@123
    Sunshine1! Princess1! Superman1! Pokemon123! Starwars1!
""".split()  # noqa: SIM905
RARE = ("Geheim-2021x", "Kq7#mZ2x", "Tulip-48-green", "红旗Lu-37号", "三更灯火Wu5geng", "Xiang3kai_che", "wKmr-48hX")


def test_the_commonest_are_refused_though_they_have_every_kind_of_sign():
    assert [password for password in COMMON if passwords.complaint(password, "zhang") is None] == []
    assert [password for password in RARE if passwords.complaint(password, "zhang") is not None] == []


@pytest.mark.parametrize("password", ["Xinfu@2021", "Xinbin2021!", "Qingyuan@1234", "Preschool#1", "210402@Xf"])
def test_names_and_codes_of_this_plan_make_no_password(password):
    assert passwords.complaint(password, "zhang") == say("password.common")


def test_names_of_its_owner_make_no_password():
    assert passwords.complaint("Duanmu-8213", "zhang") is None
    assert passwords.complaint("Duanmu-8213", "zhang", "Duanmu") == say("password.common")
    assert passwords.complaint("Xq-52308891", "zhang", "", "52308891") == say("password.common")


def test_the_longest_password_is_looked_at_too():
    assert passwords.complaint("Aa1-" * 32, "zhang") == say("password.common")
    assert passwords.complaint("Gq7-" + "红旗Lu-37号" * 14, "zhang") is None


def test_the_settings_make_the_rule_stricter(tmp_path, monkeypatch):
    some_settings(tmp_path / "access.toml", monkeypatch, password_length=14, password_classes=4)
    assert passwords.complaint("Geheim-2021xx", "zhang") == say("password.short", length=14)
    assert passwords.complaint("geheim-2021-xyz", "zhang") == say("password.classes", classes=4)
    assert passwords.complaint("Geheim-2021-xyz", "zhang") is None
    assert "14" in passwords.rule()
    assert len(accounts.new_password()) >= 14


def test_a_hash_is_salted_argon2id_and_fits_only_its_password():
    one, other = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert one != other and one.startswith("$argon2id$") and PASSWORD not in one
    assert passwords.fits(one, PASSWORD)
    assert not passwords.fits(one, PASSWORD + "x")
    assert not passwords.fits(one, "")


def test_full_width_letters_of_a_chinese_keyboard_are_the_plain_ones():
    assert passwords.fits(passwords.hashed("Geheim-2021"), "Ｇｅｈｅｉｍ－２０２１")


@pytest.mark.parametrize("password", ["", PASSWORD, "x" * 1_000_000, "\ud800", "nobodys salt"])
def test_no_password_fits_where_there_is_none(password):
    assert not passwords.fits("", password)
    assert not passwords.fits("not a hash", password)
    assert not passwords.fits(passwords.nobodys_hash(), password)


def test_the_program_hashes_at_the_library_s_full_cost():
    passwords.set_ordinary_cost()
    assert passwords.hashed(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.nobodys_hash().startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_unknown_name_costs_the_same_time_as_a_wrong_password(tmp_path, monkeypatch):
    some_settings(tmp_path / "access.toml", monkeypatch, failures=100)
    passwords.set_cost(2, 32768, 1)  # dear enough to stand out from the store's own work
    an_account("known")
    an_account("stopped", role="leader", office="", password=None)
    took: dict[str, list[float]] = {"known": [], "nobody": [], "stopped": []}
    for name in (*took, *list(took) * 9):
        begun = time.perf_counter()
        assert accounts.sign_in(name, "Wrong-2021x", IP).outcome == "wrong"
        took[name].append(time.perf_counter() - begun)
    usual = median(took["known"])
    assert 0.5 < median(took["nobody"]) / usual < 2, took
    assert 0.5 < median(took["stopped"]) / usual < 2, took


def test_that_time_is_mostly_the_hash_so_that_the_comparison_means_something():
    passwords.set_cost(2, 32768, 1)
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        passwords.fits("", PASSWORD)
        took.append(time.perf_counter() - begun)
    passwords.set_cost(1, 8, 1)
    begun = time.perf_counter()
    passwords.fits("", PASSWORD)
    assert time.perf_counter() - begun < median(took) / 4


def test_a_hash_of_another_cost_is_made_anew_at_the_next_sign_in():
    an_account("zhang")
    passwords.set_cost(2, 16, 1)
    assert accounts.sign_in("zhang", PASSWORD, IP).outcome == "ok"
    assert stored("zhang").startswith("$argon2id$v=19$m=16,t=2,p=1$")
    assert accounts.sign_in("zhang", PASSWORD, IP).outcome == "ok"


def stored(name: str) -> str:
    with db.reading() as con:
        return account_rows.read(con, name).password


def test_new_passwords_satisfy_the_rule_are_easily_typed_and_never_the_same():
    made = {accounts.new_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert passwords.complaint(password, "zhang") is None
        assert not set(password) & set("0O1lIoi")
        assert len(password) == 14
