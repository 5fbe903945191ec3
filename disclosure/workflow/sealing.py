"""Signs the manifest of an edition that has none: one published before the key was configured."""

from django.db import transaction

from budgets.models import AuditTrail
from disclosure.models import Disclosure, Edition, EditionManifest, Withdrawal
from disclosure.signing import manifest
from disclosure.verification import fingerprints
from disclosure.workflow.recording import subject_of


@transaction.atomic
def complete_manifest(edition: Edition) -> EditionManifest | None:
    """Sign an edition's files as they are; None where it has a manifest, was withdrawn, or no key is configured."""
    Disclosure.objects.select_for_update().get(pk=edition.disclosure_id)
    if edition.manifests.exists() or Withdrawal.objects.filter(edition=edition).exists():
        return None
    row = manifest.seal(edition)
    if row is not None:
        said = {"edition": edition.pk, "rows": fingerprints(row)}
        AuditTrail.append("sign_manifest", str(edition), by=None, subject=subject_of(edition.disclosure), **said)
    return row
