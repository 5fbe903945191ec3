"""PostgreSQL's own programs: pg_dump, pg_restore and psql, told where the database is without a password in sight."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

from disclosure.refusal import RefusalError

GET = "请安装 PostgreSQL 客户端（apt-get install postgresql-client），或用环境变量 POSTGRES_BIN 指明它所在的目录。"
LIBPQ = (
    *("dbname", "user", "host", "hostaddr", "port", "service", "passfile", "options", "connect_timeout"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs"),
)
EMPTY = """
SET lock_timeout = '10s';
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', one.name);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('DROP ROUTINE %s CASCADE', one.name);
  END LOOP;
END $$;
"""
"""Takes away the tables and functions of the current schema, in the transaction that brings the new ones."""


def dump(connection: Any, snapshot: str, target: Path) -> None:
    """Write the database as it was at an exported snapshot."""
    newer_than_server(connection)
    asked = ["--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--snapshot={snapshot}"]
    _run(connection, "pg_dump", *asked, f"--file={target}")


def script_of(connection: Any, dumped: Path, target: Path) -> None:
    """Turn a dump into the SQL that brings it back, whole, before anything is changed."""
    newer_than_server(connection)
    asked = ["--no-owner", "--no-privileges", "--exit-on-error", f"--file={target}", str(dumped)]
    _run(None, "pg_restore", *asked)


def replace(connection: Any, script: Path, emptying: Path) -> None:
    """Take away what there is and run a script, in one transaction: all of it or nothing."""
    emptying.write_text(EMPTY)
    asked = ["--no-psqlrc", "--quiet", "--no-password", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run(connection, "psql", *asked, "--output=/dev/null", f"--file={emptying}", f"--file={script}")


def newer_than_server(connection: Any) -> None:
    """Refuse programs that are older than the server: they cannot read all it holds."""
    server = connection.pg_version // 10_000
    for name in ("pg_dump", "pg_restore"):
        said = subprocess.run([program(name), "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 ours
        found = re.search(r"\) (\d+)", said)
        if found is None or int(found[1]) < server:
            message = f"{name} 的版本（{said.strip() or '不明'}）比数据库服务器（{server}）旧，不能备份和恢复。{GET}"
            raise RefusalError(message)


def program(name: str) -> str:
    """Find one of the programs."""
    beside = Path(os.environ.get("POSTGRES_BIN") or "/nowhere") / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        message = f"没有找到 PostgreSQL 的程序 {name}。{GET}"
        raise RefusalError(message)
    return found


def _run(connection: Any, name: str, *arguments: str) -> None:
    """Run a program on the database of a connection; raise RefusalError with what it complained of."""
    place, secret = _address(connection) if connection is not None else ([], {})
    command, known = [program(name), *place, *arguments], {**os.environ, **secret}
    done = subprocess.run(command, env=known, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 ours
    if done.returncode:
        said = done.stderr.strip().splitlines()
        full = "磁盘已满。" if "No space left" in done.stderr else ""
        message = f"{name} 没有完成，什么也没有改动。{full}它说：{' / '.join(said[-3:]) or done.returncode}"
        raise RefusalError(message)


def _address(connection: Any) -> tuple[list[str], dict[str, str]]:
    """Say where the database is as libpq is told it; the password goes by the environment, which others cannot list."""
    known = connection.get_connection_params()
    where = {name: str(known[name]) for name in LIBPQ if known.get(name) not in {None, ""}}
    password = {"PGPASSWORD": str(known["password"])} if known.get("password") else {}
    return [f"--dbname={make_conninfo(**where)}"], password
