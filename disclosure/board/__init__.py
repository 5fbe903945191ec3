"""The supervisor's board: a government's whole year at a glance, opened, approved and moved for many at once."""
