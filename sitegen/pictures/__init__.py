"""What is common to looking at pictures and to making others of them."""
