"""`python -m parity_capture`."""

from parity_capture.cli import run

if __name__ == "__main__":
    run()
