"""HTML is written in templates, which escape what is put into them; no Python file of the screens writes any."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sources
from jinja2 import UndefinedError, nodes
from markupsafe import Markup

from catalogue.wording import knows, use_language, wordings
from ui.app import filters
from ui.app.style import always, sheet
from ui.kit.templates import ENVIRONMENT, FOLDER, Macros, apart, joined, phrase

PROJECT = Path(__file__).resolve().parents[2]
MODULE = "ui/kit/templates.py"
TAG = re.compile(r"(?<!\?)</?[A-Za-z][\w-]*(?:[\s/>]|$)|<!")  # but for the named groups of patterns
# file -> what stands there that looks like HTML, and is none of ours
LOOKED_FOR = {
    "ui/app/page_script.py": {
        "</head>",
        "</body>",
        '<html lang="en"',
        '<html lang="zh-CN"',
    },  # of the web frame's own page
    "ui/app/serving.py": {"<script>(.*?)</script>"},  # likewise
    "ui/kit/tables.py": {"<table"},  # is there a table in what a template made
}
PLAIN = {"app/style.html"}  # takes our own style sheet in as it is
TEMPLATES = ENVIRONMENT.list_templates()


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((*PROJECT.glob("ui/**/*.py"), *PROJECT.glob("pages/*.py"))):
        yield path.relative_to(PROJECT).as_posix(), sources.tree(path)


def texts(tree: ast.Module) -> Iterator[str]:
    """All that is no docstring."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in told:
            yield node.value if isinstance(node.value, str) else node.value.decode("latin-1")


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


# Where HTML is written


def test_no_python_file_writes_html():
    written = {name: {text for text in texts(tree) if TAG.search(text)} for name, tree in trees()}
    assert len(written) > 140 and {name: found for name, found in written.items() if found} == LOOKED_FOR


@pytest.mark.parametrize("wrong", ['f"<b>{name}</b>"', '"</p>"', '"<td"', 'f"<a href={x}>"', "b'<br>'"])
def test_html_by_hand_is_seen(wrong):
    assert any(TAG.search(text) for text in texts(ast.parse(f"told = {wrong}")))


@pytest.mark.parametrize("right", ['"a < b"', '"1<2>0"', '"<"', '"(?<name>x)"', 'f"{a}<{b}"', '"->"'])
def test_what_is_no_html_passes(right):
    assert not any(TAG.search(text) for text in texts(ast.parse(f"told = {right}")))


def test_only_the_templates_escape_text_or_call_it_html():
    """`Markup()` is nothing at all, which everybody may say."""
    found = [
        f"{name}:{call.lineno} {called}"
        for name, tree in trees()
        for called, call in calls(tree)
        if name != MODULE and (called.split(".")[-1] == "escape" or (called == "Markup" and call.args))
    ]
    assert found == []


def test_html_goes_to_the_screen_by_one_door():
    found = {name for name, tree in trees() for called, _ in calls(tree) if called == "st.html"}
    assert found == {MODULE}
    risky = [
        name for name, tree in trees() for _, call in calls(tree) for k in call.keywords if "unsafe" in (k.arg or "")
    ]
    assert risky == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_first_what_it_draws_and_lets_nothing_through(name):
    source = (FOLDER / name).read_text("utf-8")
    assert re.match(r"\{# \S[^#]+ #\}\n", source)
    assert name in PLAIN or not re.search(r"\|\s*safe|autoescape|Markup", source)


def test_a_folder_of_templates_can_be_looked_over():
    folders = {folder: len(list(folder.iterdir())) for folder in (FOLDER, *(p for p in FOLDER.iterdir() if p.is_dir()))}
    assert len(TEMPLATES) > 30 and max(folders.values()) <= 28


def test_every_template_is_used_by_a_screen_or_by_another_template():
    python = "".join(path.read_text("utf-8") for path in PROJECT.glob("ui/**/*.py"))
    others = "".join((FOLDER / name).read_text("utf-8") for name in TEMPLATES)
    assert [name for name in TEMPLATES if f'"{name}"' not in python + others] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_wording_a_template_says_is_written(name):
    for call in ENVIRONMENT.parse((FOLDER / name).read_text("utf-8")).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in ("say", "phrase"):
            continue
        key = call.args[0].nodes[0] if isinstance(call.args[0], nodes.Concat) else call.args[0]
        if isinstance(key, nodes.Const):
            whole = not isinstance(call.args[0], nodes.Concat)
            assert knows(key.value) if whole else any(one.startswith(key.value) for one in wordings("zh")), key.value


# What is put in


@pytest.fixture
def written(monkeypatch):
    """A template of the test's own, drawn with what it is given."""
    monkeypatch.setattr(filters, "kept", lambda: {"period": "2021Q3"})
    return lambda source, **given: ENVIRONMENT.from_string(source).render(given)


def test_text_is_escaped_and_html_goes_in_as_it_is(written):
    assert written("<b>{{ a }}</b>", a="<i>&\"'") == "<b>&lt;i&gt;&amp;&#34;&#39;</b>"
    assert written("<b>{{ a }}</b>", a=Macros("kit/marks.html").tag("<")) == '<b><span class="tag ">&lt;</span></b>'


def test_a_name_that_is_not_given_is_our_mistake(written):
    with pytest.raises(UndefinedError, match="title"):
        written("<b>{{ title }}</b>")
    with pytest.raises(UndefinedError):
        written("<b>{{ one.no_such }}</b>", one=object())


def test_a_line_break_of_a_template_is_no_part_of_the_page_and_a_blank_inside_a_tag(written):
    assert (
        written("<p>\n  {% if a %}\n    <b>1 2</b>\n    <i>3</i>\n  {% endif %}\n</p>", a=1)
        == "<p><b>1 2</b><i>3</i></p>"
    )
    assert (
        written('<p class="a"\n   title="{{ a }}"\n   lang="en">x</p>', a=1) == '<p class="a" title="1" lang="en">x</p>'
    )
    assert written("{{ a }} {{ a }}{{ ' ' }}\n{{ a }}", a="1\n 2") == "1\n 2 1\n 2 1\n 2"


def test_a_wording_keeps_the_html_of_its_fields_and_nothing_else(monkeypatch):
    monkeypatch.setitem(wordings("zh"), "test.phrase", "甲<{told}>乙")
    assert phrase("test.phrase", told=Markup("<b>1</b>")) == "甲&lt;<b>1</b>&gt;乙"
    assert phrase("test.phrase", told="<b>") == "甲&lt;&lt;b&gt;&gt;乙"


def test_pieces_and_words_are_joined_with_what_is_between_escaped_or_not():
    assert joined([Markup("<b>1</b>"), Markup("<b>2</b>")], "<") == "<b>1</b>&lt;<b>2</b>"
    assert apart(["<", "&"], "</td><td>") == "&lt;</td><td>&amp;" and apart([], "</td><td>") == ""


def test_the_address_of_a_screen_carries_the_choices_along(written):
    assert written("{{ address('tasks', {'task': 'a&b'}) }}") == "tasks?period=2021Q3&amp;task=a%26b"


def test_the_style_sheet_goes_in_whole_with_the_colours_of_one_scheme_or_both():
    both, dark = sheet(), always("dark")
    assert (
        both.count("--ground:") == 2 and dark.count("--ground:") == 1 and "prefers-color-scheme: dark) { :root" in both
    )
    assert (PROJECT / "ui/static/style.css").read_text("utf-8") in both and "<" not in both
    assert dark.startswith("<style>:root:root { --") and dark.endswith("</style>")


def test_a_template_speaks_the_language_of_who_looks():
    lamp = Macros("kit/marks.html").lamp
    assert "红灯" in lamp("red")
    use_language("en")
    assert "red</span>" in lamp("red") and "红灯" not in lamp("red")
