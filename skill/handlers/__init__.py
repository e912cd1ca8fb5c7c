"""What the skill does with each request; one module a capability, each with its `ROUTES`."""
