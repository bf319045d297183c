"""Text in: encodings, paragraphs, quotation marks."""
