"""Training: a process of its own, a folder a run, one JSON event a line (design §8 to §10).

`config`, `schedule`, `events`, `runs`, `checkpoint` and `control` import no torch: the window and the command line read
runs with them. `job.train(run, …)` is the whole of a training; `__main__` is the process around it.
"""
