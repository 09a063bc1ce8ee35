"""Several processes of the app on one PostgreSQL, behind a plain round-robin: what one process hides shows here."""
