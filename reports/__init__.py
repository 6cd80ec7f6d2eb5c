"""Read-only: from a select to a document as csv, xlsx, html or pdf."""
