"""Results → text or bytes: one file a format, `formats.FORMATS` names them all."""
