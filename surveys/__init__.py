"""The pure core: what a survey is, what a reply means, and what is said next. No I/O, no clock, no SQL."""
