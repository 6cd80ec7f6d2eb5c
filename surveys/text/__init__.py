"""Understanding what people type: numbers, dates, times, choices, phones, employee numbers, commands; and taking out
the numbers that identify a person.

Rule of the package: every reader is a pure function of text (and of today, where a date is meant) and never raises. It
gives a ``Meaning``: what was said, and whether that is certain enough to be recorded without asking back.
"""
