"""What ``render_editions`` does with one edition, in whichever process: the missing files, or a comparison as well."""

from typing import Any, NamedTuple

from disclosure import workflow
from disclosure.enums import FileFormat
from disclosure.management.spreading import Done
from disclosure.models import Edition
from disclosure.refusal import RefusalError
from disclosure.render.failing import killed
from disclosure.workflow.completing import differing, not_drawn

COMPLETE = "disclosure.management.rendering:completed"
COMPARE = "disclosure.management.rendering:compared"


class Rendered(NamedTuple):
    """What became of an edition: files added, files that come out otherwise than stored, what failed and why."""

    name: str
    added: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


GONE = Rendered("")
"""One that was withdrawn meanwhile: there is nothing to draw."""


def completed(pk: int) -> Rendered:
    """Draw what an edition lacks."""
    edition = _found(pk)
    if edition is None:
        return GONE
    before = set(workflow.lacking_of(edition))
    try:
        workflow.complete_files(edition)
    except workflow.IncompleteError as error:
        still = before - set(workflow.lacking_of(edition))
        return Rendered(str(edition), _names(still), failures=(str(error),))
    except RefusalError:
        return GONE
    return Rendered(str(edition), _names(before))


def compared(pk: int) -> Rendered:
    """Draw again what is stored and compare, then draw what is lacking."""
    edition = _found(pk)
    others, failures = differing(edition) if edition else ([], {})
    done = completed(pk)
    unlike = tuple(f"{form.label}不能比较：{reason}" for form, reason in failures.items())
    return done._replace(different=_names(others), failures=(*unlike, *done.failures))


def outcome(done: Done) -> Rendered:
    """Return what became of an edition, and note it where the process that had it is gone."""
    if done.result is not None:
        return Rendered(*done.result)
    edition = _found(done.item)
    if edition is None:
        return GONE
    reason = done.error or killed(done.exit_code)
    if not done.error:
        not_drawn(edition, reason)
    return Rendered(str(edition), failures=(reason,))


def _found(pk: int) -> Edition | None:
    rows: Any = Edition.objects.standing().select_related("disclosure")
    found: Edition | None = rows.filter(pk=pk).first()
    return found


def _names(forms: object) -> tuple[str, ...]:
    return tuple(form.label for form in FileFormat if form in forms)  # type: ignore[operator]
