"""The frame around the pages: navigation, banner, notices, status bar."""
