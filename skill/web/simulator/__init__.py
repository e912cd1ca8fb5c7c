"""The local speaker as a page: what it shows, and the door that it speaks through."""
