"""What the office keeps: tables, statements, one unit of work, migrations. SQL stands here and in reports alone."""
