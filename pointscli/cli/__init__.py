"""Commands: options in, one use case, a writer, an exit code. The only place that talks to the world."""
