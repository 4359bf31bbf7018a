"""The rule language: its types, the YAML loader that keeps positions, the checks, the plan."""
