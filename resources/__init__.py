"""Files the program brings along: icons, labels, sample pictures, the bundled weights."""
