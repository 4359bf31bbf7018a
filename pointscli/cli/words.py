"""The language of help and headings of options, known when the commands are declared."""

from __future__ import annotations

from pointscli.locale import environment, preferred_language, translator

_ = translator(preferred_language(environment()))
