"""The program driven through its own window, as a person would, with pictures of every page."""
