"""What is learned from data: observations, and what can be done with them."""
