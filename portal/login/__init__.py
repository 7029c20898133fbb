"""How staff log in: a password, where it is set up a code from their phone, and a record of every attempt."""
