"""How a document is written: one file a kind (csv, xlsx)."""
