"""A smart speaker in software: words in, request envelopes to the skill, words out."""
