"""Benchmarks, each printing one ratio of two times measured side by side in one run: ``python -m bench tables``."""
