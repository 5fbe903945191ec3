"""Two transactions at once on PostgreSQL: neither misses the row the other is storing."""

import threading
import time

import pytest
from django.db import IntegrityError, connection

from budgets.refusals import sentence_of
from disclosure.models import Disclosure

DECLARED = 'disclosure_emptytable (disclosure_id, "table", reason)'
DECLARE = f"INSERT INTO {DECLARED} VALUES (%(disclosure)s, 'overall_goals', '没有')"
STORE = "INSERT INTO performance_annualtask (budget_id, position, name, content) VALUES (%(budget)s, 99, '任务', '')"
UNDECLARED = "DELETE FROM disclosure_emptytable WHERE \"table\" = 'overall_goals'"
UNSTORED = "DELETE FROM performance_annualtask WHERE position = 99"
PROJECT = "13030322P999999999999"
PLAN = (
    "INSERT INTO budgets_project (code, name, unit_id, category) VALUES (%(project)s, '新项目', %(unit)s, 'specific')"
)
UNPLANNED = "DELETE FROM budgets_project WHERE code = %(project)s"


class Session:
    """A connection of its own, with one transaction; what it does may wait for another's."""

    def __init__(self, values) -> None:
        self.values, self.said = values, None
        self.connection = connection.copy(alias="second")
        self.connection.inc_thread_sharing()
        self.connection.set_autocommit(False)

    def do(self, sql: str) -> None:
        """Take a step and remember what was said to it."""
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(sql, self.values)
            self.said = ""
        except IntegrityError as error:
            self.said = sentence_of(error) or str(error)

    def begin(self, sql: str) -> threading.Thread:
        """Take a step that may wait."""
        thread = threading.Thread(target=self.do, args=[sql], daemon=True)
        thread.start()
        return thread

    @property
    def waits(self) -> bool:
        """Tell whether the step is waiting for a lock, giving it time to get there."""
        pid = self.connection.connection.info.backend_pid
        for _ in range(100):
            with connection.cursor() as cursor:
                cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [pid])
                if cursor.fetchone() == ("Lock",):
                    return True
            time.sleep(0.02)
        return False


@pytest.fixture
def sessions(disclosure):
    """Two sessions on the stored sample, which has no overall goals; what they store is taken away again."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite 同一时刻只有一个事务写入，不会互相看漏")
    unit, sister = disclosure.budget.department.units.all()[:2]
    of = {"unit": unit.pk, "sister": sister.pk, "project": PROJECT}
    values = {**of, "disclosure": disclosure.pk, "budget": disclosure.budget_id}
    opened = [Session(values) for _ in range(3)]
    yield opened[:2]
    for session in opened:
        session.connection.rollback()
    for sql in (UNDECLARED, UNSTORED, UNPLANNED):
        opened[2].do(sql)
    opened[2].connection.commit()
    for session in opened:
        session.connection.close()


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (STORE, DECLARE, "《部门整体支出绩效目标表》已有数据，不能声明为空表。"),
        (DECLARE, STORE, "《部门整体支出绩效目标表》已声明为空表，不能再有数据；请先删除空表说明。"),
    ],
    ids=["fact first", "declaration first"],
)
def test_the_second_waits_for_the_first_and_is_refused(sessions, first, second, said):
    one, other = sessions
    one.do(first)
    thread = other.begin(second)

    waited = other.waits
    one.connection.commit()
    thread.join(10)

    assert (one.said, waited, other.said) == ("", True, said)


@pytest.mark.parametrize(("first", "second"), [(STORE, DECLARE), (DECLARE, STORE)])
def test_the_second_goes_on_where_the_first_is_taken_back(sessions, first, second):
    one, other = sessions
    one.do(first)
    thread = other.begin(second)

    waited = other.waits
    one.connection.rollback()
    thread.join(10)

    assert (one.said, waited, other.said) == ("", True, "")


def test_two_clerks_storing_facts_do_not_wait_for_each_other(sessions):
    one, other = sessions
    one.do(STORE)
    thread = other.begin(STORE.replace("99", "98"))
    thread.join(10)

    assert (thread.is_alive(), one.said, other.said) == (False, "", "")


def test_a_disclosure_does_not_move_while_its_table_is_being_declared(sessions):
    one, other = sessions
    one.do(STORE)
    one.connection.commit()
    one.do("UPDATE disclosure_disclosure SET unit_id = %(unit)s WHERE id = %(disclosure)s")
    thread = other.begin(DECLARE)

    waited = other.waits
    one.connection.rollback()
    thread.join(10)

    assert (waited, other.said) == (True, "《部门整体支出绩效目标表》已有数据，不能声明为空表。")
    assert Disclosure.objects.filter(unit=None).exists()


def test_a_goal_waits_for_its_project_that_is_changing_its_unit(sessions):
    one, other = sessions
    one.do(PLAN)
    one.connection.commit()
    one.do("UPDATE budgets_project SET unit_id = %(sister)s WHERE code = %(project)s")
    project = "(SELECT id FROM budgets_project WHERE code = %(project)s)"
    columns = "budget_id, position, purpose, project_id"
    thread = other.begin(f"INSERT INTO performance_projectgoal ({columns}) VALUES (%(budget)s, 99, '', {project})")

    waited = other.waits
    one.connection.commit()
    thread.join(10)

    assert (one.said, waited, other.said) == ("", True, "")
