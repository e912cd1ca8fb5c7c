"""Training the triage network and measuring it beside what lost.

These modules need packages that the skill does not have; `make triage-model` and `make triage-bench` install them in a
virtual environment of their own.
"""
