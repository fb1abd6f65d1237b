"""Tables in a PDF without tags."""
