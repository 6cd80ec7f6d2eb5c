"""A year of trainings with a clock that is stepped."""
