"""A tagged PDF: blocks from its structure tree."""
