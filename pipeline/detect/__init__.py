"""Finding what must go: Document, Rules -> findings. Nothing else imports Presidio's analyzer, spaCy or ONNX."""
