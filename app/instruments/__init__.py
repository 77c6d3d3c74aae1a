"""The microscope: each instrument is a mode of the one window, made when it is first looked at."""
