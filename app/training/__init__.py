"""Training as the window has it: what is chosen, the runs on disk, and what became of them."""
