"""The gateway an agency can run: intake, signed receipts, cases and their feed."""
