"""What schema.org says of the names that pages use; `make.py` writes it anew."""
