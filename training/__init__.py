"""How the shipped weights are made: scripts that anyone can run again."""
