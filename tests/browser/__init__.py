"""The page of the local speaker, in a browser."""
