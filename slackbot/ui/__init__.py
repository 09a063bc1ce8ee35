"""What every feature shows things with: Block Kit as plain dicts, and the reading of forms."""
