"""What is written and must never be lost."""
