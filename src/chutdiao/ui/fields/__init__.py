"""One widget class for each kind of answer, and the factory that chooses among them."""
