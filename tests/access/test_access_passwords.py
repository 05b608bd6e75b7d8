"""What a password must be like, and that a hash tells nothing about who is there."""

from __future__ import annotations

import time
from statistics import median

import pytest
from access_fixtures import IP, PASSWORD, an_account, cheap, postgres_server, some_settings, store  # noqa: F401  (fixtures)

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
