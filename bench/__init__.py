"""Measurements, side by side with baselines."""
