"""Utterances of lay people with their urgency: one part to tune on, one kept aside as an exam."""
