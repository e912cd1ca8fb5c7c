"""The counted routine: what is done, where we are, and what is said when. Pure values, no clock."""
