"""Formulas of tax and social security; the numbers they use are dated parameters."""
