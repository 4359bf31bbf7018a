"""Writers of findings: values in, text out. `formats` has them by name."""
