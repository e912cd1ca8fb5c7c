"""Pictures of what the skill shows on every device: `python -m bench.pictures`."""
