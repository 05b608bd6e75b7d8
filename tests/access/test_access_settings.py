"""data/access.toml: what ships, what may stand in it, and that mistakes are told with file and field."""

from __future__ import annotations

import os

import pytest

from access.errors import AccessError
from access.settings import DEFAULT, Settings, load_settings, settings
from catalogue.wording import use_language

OIDC = """
[oidc]
issuer = "https://sso.example"
client_id = "monitor"
client_secret_env = "SECRET"
name_claim = "preferred_username"
roles_claim = "roles"
label = "统一身份认证"
label_en = "Single sign-on"
[oidc.roles]
jyj-leader = { role = "leader" }
jyj-xinfu = { role = "filer", office = "210402" }
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "rules.toml"
    monkeypatch.setenv("DASHBOARD_ACCESS", str(path))
    return path


def told(file, text: str) -> str:
    file.write_text(text, "utf-8")
    with pytest.raises(AccessError) as problem:
        load_settings(file)
    return str(problem.value)


def test_what_ships_are_the_ordinary_rules(monkeypatch):
    monkeypatch.delenv("DASHBOARD_ACCESS", raising=False)
    assert settings() == load_settings(DEFAULT) == Settings()


def test_the_single_sign_on_written_as_an_example_can_be_read(file):
    lines = DEFAULT.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line == "# [oidc]")
    file.write_text("\n".join(line.removeprefix("#").strip() for line in lines[start:]), "utf-8")
    found = settings().oidc
    assert found.client_secret_env and found.roles["jyj-xinfu"].office == "210402"


def test_what_is_not_written_is_as_usual_and_a_change_takes_effect_at_once(file):
    file.write_text('failures = 3\nadmin_networks = ["10.0.0.0/8", "::1/128"]\n', "utf-8")
    assert settings() == Settings(failures=3, admin_networks=("10.0.0.0/8", "::1/128"))
    file.write_text("failures = 4\n", "utf-8")
    os.utime(file, ns=(1, 1))
    assert settings() == Settings(failures=4)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("failures = 0", "rules.toml，failures：“0”超出范围，应为1至100之间的整数"),
        ("password_length = 6", "rules.toml，password_length：“6”超出范围，应为8至64之间的整数"),
        ("failures = '5'", "rules.toml，failures：“5”不是整数"),
        ("failures = true", "rules.toml，failures：“True”不是整数"),
        ("fails = 5", "rules.toml，fails：没有这个字段"),
        ("admin_networks = ['10.0.0.1/8']", "rules.toml，admin_networks：“10.0.0.1/8”不是网段"),
        ("admin_networks = '10.0.0.0/8'", "rules.toml，admin_networks：“10.0.0.0/8”不是列表"),
        ("trusted_proxies = ['proxy']", "rules.toml，trusted_proxies：“proxy”不是网段"),
        ("failures 5", "rules.toml：不是可读的TOML文件"),
        ("oidc = 1", "rules.toml，oidc：应写成表 [oidc]"),
        (OIDC.replace("https://sso", "http://sso"), "rules.toml，oidc.issuer：“http://sso.example”应以 https:// 开头"),
        (OIDC.replace('client_id = "monitor"\n', ""), "rules.toml，oidc，client_id：缺少此项"),
        (
            OIDC.replace('role = "leader"', 'role = "boss"'),
            "rules.toml，oidc.roles.jyj-leader，role：“boss”不在可选值之内",
        ),
        (OIDC.replace(', office = "210402"', ""), "rules.toml，oidc.roles.jyj-xinfu.office：只有"),
        (OIDC.split("[oidc.roles]")[0], "rules.toml，oidc.roles：应在 [oidc.roles] 中列出"),
    ],
)
def test_a_mistake_is_told_with_file_field_and_what_to_do(file, text, wanted):
    assert told(file, text).startswith(wanted)


def test_every_mistake_is_told_at_once_and_in_english_too(file):
    use_language("en")
    assert told(file, "failures = 0\nlock_minutes = 0\nadmin_networks = ['x']").splitlines() == [
        "rules.toml, failures: '0' is out of range; write a whole number from 1 to 100",
        "rules.toml, lock_minutes: '0' is out of range; write a whole number from 1 to 1440",
        "rules.toml, admin_networks: 'x' is not a network; write it like 10.20.0.0/16 or 127.0.0.1/32",
    ]


def test_a_file_that_is_not_there_is_told(file):
    with pytest.raises(AccessError, match="DASHBOARD_ACCESS"):
        settings()


def test_a_provider_on_this_very_machine_may_do_without_https(file):
    file.write_text(OIDC.replace("https://sso.example", "http://127.0.0.1:9000"), "utf-8")
    assert settings().oidc.issuer == "http://127.0.0.1:9000"
