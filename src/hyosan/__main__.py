"""`python -m hyosan` is the command `hyosan`."""

from hyosan.views.cli import main

if __name__ == "__main__":
    main()
