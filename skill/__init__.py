"""Steady Legs: a voice skill about leg numbness."""
