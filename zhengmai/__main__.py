"""The command `zhengmai`, also as `python -m zhengmai`."""

import sys


def main() -> None:
    """Load our own packages, whatever else bears their names, and run the command line."""
    import zhengmai

    try:
        zhengmai.load()
    except ImportError as error:
        sys.stderr.write(f"zhengmai: {error}\n")
        sys.exit(1)
    from cli.main import main as run

    run()


if __name__ == "__main__":
    main()
