"""The HTTP face: routes, sessions, errors and the published contract."""
