"""A question without an answer is counted for its workspace, and nothing in its row says who asked."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from storage import questions
from storage.database import Database
from storage.models import UnansweredQuestion
from tests.storage.conftest import NOW, workspace
from tests.storage.racing import at_once

ODD = ("'; DROP TABLE member; --", "naïve 🎉 “quotes”", 'NEAR("a*" b)', "%_\\", "", "日本語の質問")


def ask(database: Database, workspace_id: int, words: str, at: datetime = NOW) -> None:
    database.run(questions.count_unanswered, workspace_id, words, at)


def counted(database: Database, workspace_id: int, limit: int = 20) -> list[tuple[str, int]]:
    found = database.run(questions.most_asked, workspace_id, limit)
    return [(each.words, each.times) for each in found]


def test_each_time_it_is_asked_counts_and_the_last_time_is_kept(database: Database, riverside: int) -> None:
    for hours in range(3):
        ask(database, riverside, "who feeds the fish", NOW + timedelta(hours=hours))

    (row,) = database.run(questions.most_asked, riverside, 20)
    assert (row.words, row.times, row.last_at) == ("who feeds the fish", 3, NOW + timedelta(hours=2))


def test_a_row_has_no_place_for_whoever_asked() -> None:
    assert set(UnansweredQuestion.model_fields) == {"id", "workspace_id", "words", "times", "last_at"}


def test_what_is_asked_most_comes_first_and_among_equals_the_newest(
    database: Database, riverside: int
) -> None:
    for words, times in (("rare", 1), ("often", 3), ("newer", 1)):
        for _ in range(times):
            ask(database, riverside, words, NOW + timedelta(hours=words == "newer"))

    assert counted(database, riverside) == [("often", 3), ("newer", 1), ("rare", 1)]
    assert counted(database, riverside, 2) == [("often", 3), ("newer", 1)]


def test_each_workspace_counts_its_own(database: Database, riverside: int, lakeview: int) -> None:
    ask(database, riverside, "same words")
    ask(database, riverside, "same words")
    ask(database, lakeview, "same words")

    assert counted(database, riverside) == [("same words", 2)]
    assert counted(database, lakeview) == [("same words", 1)]


@pytest.mark.parametrize("words", ODD)
def test_whatever_was_typed_is_kept_as_it_is(database: Database, riverside: int, words: str) -> None:
    ask(database, riverside, words)
    ask(database, riverside, words)

    assert counted(database, riverside) == [(words, 2)]


def test_of_a_long_question_the_beginning_is_kept_and_counted(database: Database, riverside: int) -> None:
    ask(database, riverside, "é" * 500)
    ask(database, riverside, "é" * 300)

    assert counted(database, riverside) == [("é" * 200, 2)]


def test_asked_by_many_at_once_everybody_is_counted(postgresql: Database) -> None:
    place = postgresql.run(workspace, "T1")

    def asks(session: Session) -> None:
        questions.count_unanswered(session, place, "all at once", NOW)

    at_once(postgresql, *[asks] * 4)

    assert counted(postgresql, place) == [("all at once", 4)]
