"""The whole public site as files, for a web server that serves files and nothing else."""

from portal.exporting.site import Export, Report

__all__ = ["Export", "Report"]
