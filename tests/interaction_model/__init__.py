"""Tests of the interaction model, and the rules they hold it to."""
