"""`python -m cli`: the same as the command `zhengmai`."""

from cli.main import main

if __name__ == "__main__":
    main()
