"""What a PDF may not be or hold."""
