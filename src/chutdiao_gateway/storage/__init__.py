"""What the gateway holds: intake keys, submissions, files, cases, events."""
