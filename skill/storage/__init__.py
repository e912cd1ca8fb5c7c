"""What is kept between conversations, and where."""
