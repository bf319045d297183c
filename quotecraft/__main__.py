"""Run the command line as ``python -m quotecraft``."""

from quotecraft.cli import main

main(prog_name="quotecraft")
