"""What is done with a disclosure: verbs with an actor, atomic and row-locked; a refusal is a sentence for the clerk."""

from disclosure.workflow.completing import IncompleteError, complete_files, lacking_of
from disclosure.workflow.correcting import abandon, correct, withdraw
from disclosure.workflow.index_numbers import next_index_number
from disclosure.workflow.publishing import confirm_urgent, publish, publish_urgently
from disclosure.workflow.remarks import answer, remark
from disclosure.workflow.scheduling import publish_due, schedule
from disclosure.workflow.sealing import complete_manifest
from disclosure.workflow.steps import approve, recall, send_back, sign, submit
from disclosure.workflow.sweeping import sweep

__all__ = [
    "IncompleteError",
    "abandon",
    "answer",
    "approve",
    "complete_files",
    "complete_manifest",
    "confirm_urgent",
    "correct",
    "lacking_of",
    "next_index_number",
    "publish",
    "publish_due",
    "publish_urgently",
    "recall",
    "remark",
    "schedule",
    "send_back",
    "sign",
    "submit",
    "sweep",
    "withdraw",
]
