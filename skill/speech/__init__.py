"""Turning words into what a speaker says."""
