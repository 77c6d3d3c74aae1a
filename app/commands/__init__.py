"""One module a command: `run(options) -> exit code`. `app.cli` loads the one that is asked for."""
