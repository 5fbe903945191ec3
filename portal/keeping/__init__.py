"""Keeping everything: backups, their restoration, and the move from one database to another."""

from portal.keeping.backup import back_up
from portal.keeping.restore import restore

__all__ = ["back_up", "restore"]
