"""`python -m ccplan` is `ccplan`."""

from ccplan.cli import main

if __name__ == "__main__":
    main()
