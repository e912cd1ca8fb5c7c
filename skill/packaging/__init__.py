"""What is deployed, made and checked: the skill package, and the function."""
