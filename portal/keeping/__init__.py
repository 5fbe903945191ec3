"""Keeping everything: backups, their restoration, and the move from one database to another."""

from portal.keeping.backup import back_up
from portal.keeping.moving import move_to
from portal.keeping.restore import restore

__all__ = ["back_up", "move_to", "restore"]
