"""How each kind of agency is reached."""
