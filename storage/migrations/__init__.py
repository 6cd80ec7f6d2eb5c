"""How the tables came to be: one revision a file, in ``versions``; ``storage.migrating`` carries them out."""
