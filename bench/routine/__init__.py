"""How exactly the routine is counted: recordings against their grid, and places against the truth."""
