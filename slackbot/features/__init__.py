"""One module per story a person would tell: its commands, forms, parsing and replies."""
