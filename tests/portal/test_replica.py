"""Public pages are read from a replica where there is one, and what is withdrawn is gone there in the same act."""

import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.db import connection

from portal.replica import Reads, public

CHILD = Path(__file__).with_name("replicated.py")
ROOT = CHILD.parents[2]
AS_NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
LENT = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")


def test_without_a_replica_everything_is_read_from_the_original(db):
    with public() as connections:
        assert Reads().db_for_read(None) == "default"

    assert [one.alias for one in connections] == ["default"]


def test_nothing_is_written_or_migrated_on_a_replica():
    router = Reads()

    assert router.db_for_write(None) == "default"
    assert router.allow_migrate("replica", "budgets") is False
    assert router.allow_migrate("default", "budgets") is True
    assert router.allow_relation(None, None) is True


@pytest.fixture
def original():
    """Return a connection to the throw-away cluster, whatever its database."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has replicas")
    host = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    with psycopg.connect(f"host={host} user=portal dbname=postgres", autocommit=True) as made:
        yield made


def run(*command):
    """Run a program of PostgreSQL, which refuses root, as somebody else."""
    who = (*AS_NOBODY, *LENT) if os.getuid() == 0 else ()
    done = subprocess.run([*who, *map(str, command)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


@contextmanager
def replica(original, folder):
    """Start a second cluster that follows the first one; give its port."""
    programs = Path(original.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchone()[0])
    host = original.info.host
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "replica"
    run(
        programs / "pg_basebackup",
        "-h",
        host,
        "-U",
        "portal",
        "-D",
        data,
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
        "--no-sync",
    )
    with (data / "postgresql.auto.conf").open("a") as file:
        file.write(f"primary_conninfo = 'host={host} user=portal application_name=copy'\n")
    options = f"-c port={port} -c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield port
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


@pytest.fixture
def told(original, tmp_path_factory):
    """Run the public side on a replica whose commits are waited for."""
    folder, name = Path(mkdtemp()), f"copied_{os.getpid()}"
    folder.chmod(0o777)
    original.execute(f'CREATE DATABASE "{name}"')
    try:
        with replica(original, folder) as port, followed(original, name):
            yield child(tmp_path_factory, f"{name}?host={original.info.host}", f"{name}?host={folder}&port={port}")
    finally:
        original.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        shutil.rmtree(folder)


@contextmanager
def followed(original, name):
    """Let each commit in a database wait until the replica shows it."""
    original.execute("ALTER SYSTEM SET synchronous_standby_names = 'copy'")
    original.execute(f"ALTER DATABASE \"{name}\" SET synchronous_commit = 'remote_apply'")
    original.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        original.execute("ALTER SYSTEM RESET synchronous_standby_names")
        original.execute("SELECT pg_reload_conf()")


def child(tmp_path_factory, original, copy):
    """Run the child on two databases, and return what it says."""
    known = {"DATABASE_URL": f"postgres://portal@/{original}", "REPLICA_URL": f"postgres://portal@/{copy}"}
    known |= {"VAR_DIR": str(tmp_path_factory.mktemp("copied")), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment = {**os.environ, **known, "PYTHONPATH": str(ROOT), "RATE_LIMITS": "no"}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True, timeout=120)
    done = subprocess.run(
        [sys.executable, CHILD], env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.timeout(400)
def test_public_pages_ask_only_the_replica_and_see_a_withdrawal_at_once(told):
    assert told["follows"] is True
    assert [asked for path, asked in told["pages"].items() if asked[0] != 200 or asked[1] or not asked[2]] == []
    assert told["desk"][2] == 0
    assert told["withdrawn"] == [410, 410]
