"""What stands on a PDF's page: characters, lines, shapes."""
