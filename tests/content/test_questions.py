"""People ask in their own words and get the right answer, or hear honestly that there is none."""

import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content import Content, Found, Index, load

HERE = Path(__file__).parent
TUNED_ON = ("questions.yaml", "second_round.yaml", "third_round.yaml", "fourth_round.yaml")


class Figures(NamedTuple):
    """Shares of 1: right answer first, right answer among the three, and off-topic questions declined."""

    first: float
    in_three: float
    declined: float


@pytest.fixture(scope="module")
def index(content: Content) -> Index:
    return Index(content)


def questions(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def answers(found: Found) -> list[str]:
    return [entry.ref for entry in (found.best, *found.others) if entry is not None]


def figures(name: str, index: Index) -> Figures:
    table = questions(name)
    told = [(answers(index.answer(asked["ask"])), asked["expect"]) for asked in table["asked"]]
    off = [index.answer(words).best is None for words in table["unanswerable"]]
    first = sum(bool(got) and got[0] in expected for got, expected in told)
    in_three = sum(bool(set(got) & set(expected)) for got, expected in told)
    return Figures(first / len(told), in_three / len(told), sum(off) / len(off))


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("questions.yaml", Figures(0.85, 0.95, 0.87)),
        ("second_round.yaml", Figures(0.85, 0.95, 0.87)),
        ("third_round.yaml", Figures(0.85, 0.95, 0.87)),
        ("fourth_round.yaml", Figures(0.80, 0.90, 0.87)),
        # Never tuned on: the floor keeps what was measured once, on the day it was written.
        ("held_out.yaml", Figures(0.70, 0.90, 0.87)),
    ],
)
def test_questions_find_their_answers(
    name: str, least: Figures, index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    reached = figures(name, index)
    told = f"first {reached.first:.1%}, in three {reached.in_three:.1%}, declined {reached.declined:.1%}"
    with capsys.disabled():
        sys.stdout.write(f"\n  {name}: {told}\n")
    assert reached.first >= least.first
    assert reached.in_three >= least.in_three
    assert reached.declined >= least.declined


@pytest.mark.parametrize("name", [*TUNED_ON, "held_out.yaml"])
def test_each_question_expects_entries_that_exist(name: str, content: Content) -> None:
    table = questions(name)
    for asked in table["asked"]:
        assert asked["expect"], asked
        for ref in asked["expect"]:
            assert content.has(ref), ref
    words = [asked["ask"] for asked in table["asked"]]
    assert len(words) == len(set(words))


def test_the_sets_are_large_enough_to_mean_something() -> None:
    tuned, held_out = questions("questions.yaml"), questions("held_out.yaml")
    assert len(tuned["asked"]) >= 90
    assert len(tuned["unanswerable"]) >= 18
    assert len(held_out["asked"]) >= 30
    earlier = {asked["ask"] for name in TUNED_ON for asked in questions(name)["asked"]}
    assert earlier.isdisjoint(asked["ask"] for asked in held_out["asked"])


def test_every_question_of_ours_is_its_own_best_answer(content: Content, index: Index) -> None:
    for question in content.faq:
        assert index.answer(question.title).best == question, question.id


def test_every_word_of_the_trade_is_found_when_somebody_asks_what_it_is(
    content: Content, index: Index
) -> None:
    for term in content.glossary:
        got = answers(index.answer(f"what is {term.name}"))
        # A metric or a rung with the same name says as much.
        assert term.ref in got or set(term.see) & set(got), (term.id, got)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("liason vs manger", "faq/liaison_vs_manager"),
        ("refferal growth formula", "faq/referral_math"),
        ("WHAT IS CAHME???", "accreditation/cahme"),
        ("résumé help", "faq/resume_unfinished"),
        ("what’s fmv", "term/fmv"),
        ("nurse -> liaison", "faq/nurse_to_liaison"),
    ],
)
def test_typos_capitals_and_signs_do_no_harm(typed: str, meant: str, index: Index) -> None:
    assert answers(index.answer(typed))[0] == meant


def test_a_synonym_finds_what_the_text_calls_otherwise(index: Index) -> None:
    assert answers(index.answer("hourly wage"))[0] == "faq/salary"
    assert answers(index.answer("secretary"))[0] in {"faq/gatekeeper", "term/gatekeeper"}


@pytest.mark.parametrize(
    "words", ["", "   ", "???", "🎉", "what is the", "how do i", "''", '" OR "', "zzzzzz"]
)
def test_saying_nothing_finds_nothing(words: str, index: Index) -> None:
    assert index.answer(words).best is None


def test_where_nothing_answers_the_nearest_topics_are_offered(index: Index) -> None:
    found = index.answer("who sells espresso machines for the practice kitchen")
    assert found.best is None
    assert found.others == ()
    assert 1 <= len(found.nearest) <= 3


def test_an_answer_comes_with_at_most_two_others(index: Index) -> None:
    found = index.answer("referrals")
    assert found.best is not None
    assert len(found.others) == 2
    assert found.nearest == ()
    assert found.best not in found.others


def test_a_search_can_keep_to_one_kind(index: Index) -> None:
    found = index.answer("leakage", among={"term"})
    assert found.best is not None
    assert found.best.ref == "term/leakage"
    assert {entry.noun for entry in found.others} <= {"term"}
    assert index.answer("leakage", among=()).best is None


def test_the_same_words_always_find_the_same(content: Content, index: Index) -> None:
    again = Index(content)
    for asked in questions("questions.yaml")["asked"]:
        assert again.answer(asked["ask"]) == index.answer(asked["ask"]) == index.answer(asked["ask"])


def test_many_threads_may_ask_at_once(index: Index) -> None:
    asked = [question["ask"] for question in questions("questions.yaml")["asked"]]
    alone = [index.answer(words) for words in asked]
    together: dict[int, list[Found]] = {}

    def ask(who: int) -> None:
        together[who] = [index.answer(words) for words in asked]

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[who] for who in range(6)] == [alone] * 6


def test_an_organization_s_own_entry_is_found(tmp_path: Path) -> None:
    (tmp_path / "faq.yaml").write_text(
        "entries:\n"
        "  - id: parking\n"
        "    subject: field_work\n"
        "    title: Where do I park at Harbor Clinic?\n"
        "    text: In the blue lot behind the clinic.\n"
        "    source: house_default\n"
        "    verification: unverified\n"
        "    as_of: 2026-11-01\n",
        encoding="utf-8",
    )
    assert answers(Index(load(over=tmp_path)).answer("parking at harbor"))[0] == "faq/parking"


def test_what_an_organization_hides_is_not_found(tmp_path: Path, index: Index) -> None:
    assert "faq/salary" in answers(index.answer("salary"))
    (tmp_path / "faq.yaml").write_text("hide: [salary]\n", encoding="utf-8")
    assert "faq/salary" not in answers(Index(load(over=tmp_path)).answer("salary"))


EVERYTHING = Index(load())


@given(st.text(max_size=400))
def test_no_words_make_it_fall_over(words: str) -> None:
    found = EVERYTHING.answer(words)
    assert (found.best is None) or not found.nearest
    assert found.score >= 0.0
