"""``python -m bot`` is the command ``suara``."""

from bot.cli import main

main()
