"""The page of the local speaker in a real browser."""
