"""How the gateway is started, announced, watched, and served by a scripted officer."""
