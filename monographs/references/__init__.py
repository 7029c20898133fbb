"""References: reading records that people paste, adding them, citing them, and printing them."""
