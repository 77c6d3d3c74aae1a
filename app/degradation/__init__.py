"""The degradation lab as the window has it: its process, what it told so far, and the words for it."""
