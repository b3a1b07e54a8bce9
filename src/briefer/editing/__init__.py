"""The editors' desk: which prompt is in force, what is wrong with it, what a model sees of it, and its history."""
