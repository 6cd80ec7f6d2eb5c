"""Pages for people with a browser: the web chat now, the dashboard and the export interface beside it."""
