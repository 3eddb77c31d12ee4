"""The keys the agency signs with."""
