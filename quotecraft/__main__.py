"""Run the command line as ``python -m quotecraft``."""

from quotecraft.cli import main

if __name__ == "__main__":
    main(prog_name="quotecraft")
