"""PDFs as blocks: by their tags, or by where the words stand on the page."""
