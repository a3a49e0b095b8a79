"""Make patient handouts: ``python make_handout.py --help``."""

from handouts.cli import main

if __name__ == "__main__":
    main()
