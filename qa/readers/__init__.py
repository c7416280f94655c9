"""Readers: from passages found to the sentences that answer."""
