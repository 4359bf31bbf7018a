"""`python -m pointscli`."""

from pointscli.cli.entry import main

main()
