"""The dashboard: how an admin comes in, and the pages that await them, each a file in ``pages``."""
