"""A PDF without tags: blocks from where the words stand."""
