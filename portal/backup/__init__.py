"""A whole site as one file: every row as it stood at one moment, and every picture that the rows name.

The archive is a ZIP file with a table's rows as JSON lines, the pictures, and a manifest with the SHA-256 of each. It
knows nothing of the database, so that a site on SQLite can go on on PostgreSQL.
"""
