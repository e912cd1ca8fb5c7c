"""Steady Legs: a voice skill about leg numbness."""

from skill import bundle, lean

bundle.install()
lean.install()
