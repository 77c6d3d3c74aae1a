"""Why a network gives its answer: instruments that measure, and never guess.

Every function takes plain arrays and, where it has to ask the network again, `run`: a `Request` in, `Activations` out
(`Classifier.runner`). What an instrument found can be taken along as `Numbers`.
"""
