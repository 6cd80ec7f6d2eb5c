"""The process: config, composition root, channels, delivery, ticker, command line."""
