"""Tests of Steady Legs."""
