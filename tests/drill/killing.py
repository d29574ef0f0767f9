"""The server's process ends: at a statement, right before a commit, or right after one."""

from contextlib import contextmanager
from typing import NamedTuple

from django.db import DatabaseError, connection


class Killed(BaseException):
    """Nothing in the program may catch it, as nothing catches a killed process."""


class Point(NamedTuple):
    """Where it happens: at the statement or commit of that number, from 1."""

    where: str  # "statement", "before commit", "after commit"; "stumble" is an error, no end
    number: int


@contextmanager
def dying(point: Point | None):
    """The process ends at the point, if it is reached; its connection ends with it."""
    if point is None:
        yield
        return
    with connection.execute_wrapper(_Statements(point)), _commits(point):
        try:
            yield
        except Killed:
            connection.close()
            raise


class _Statements:
    def __init__(self, point: Point):
        self.point, self.seen = point, 0

    def __call__(self, execute, sql, params, many, context):
        self.seen += 1
        if self.seen == self.point.number:
            if self.point.where == "statement":
                raise Killed
            if self.point.where == "stumble":
                raise DatabaseError("the database stumbled")
        return execute(sql, params, many, context)


@contextmanager
def _commits(point: Point):
    commit, seen = connection.commit, 0

    def committing():
        nonlocal seen
        seen += 1
        here = seen == point.number
        if here and point.where == "before commit":
            connection.rollback()  # as the database does when its client is gone
            raise Killed
        commit()
        if here and point.where == "after commit":
            raise Killed

    connection.commit = committing
    try:
        yield
    finally:
        del connection.commit
