"""`python -m pointscli`."""

from pointscli.cli.main import main

main()
