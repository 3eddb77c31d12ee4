"""The agencies' own files on disk: rows read from CSV, Excel and JSON, files written whole and read back."""
