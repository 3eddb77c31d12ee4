"""Paper: our own sheets, the agencies' blanks, covers, plans and licences as PDF."""
