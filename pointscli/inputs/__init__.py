"""Bytes to typed tables: decoding, CSV, JSONL, XLSX, Parquet, header names, the grammar of numbers and dates."""
