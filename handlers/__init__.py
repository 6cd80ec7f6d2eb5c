"""Use-cases, neutral of channel: what happens for a batch of messages, a due row, an act of an admin."""
