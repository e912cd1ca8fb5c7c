"""Tests of the smart speaker in software."""
