"""What the agency does: judge, register, ask for correction, decide, issue."""
