"""Every fault that a run must survive, or end at in plain words: played through the real command line."""
