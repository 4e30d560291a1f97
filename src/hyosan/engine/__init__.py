"""What happens: every array that changes, and the loops that change them."""
