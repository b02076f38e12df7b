"""From an article to a document: language, noise, paragraphs, sentences with their names."""
