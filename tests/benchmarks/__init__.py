"""Benchmarks: what commands cost, beside the same tally written by hand. Run with `python -m tests.benchmarks`."""
