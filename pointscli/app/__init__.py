"""Use cases, one a file: they take and return values, and join the packages below."""
