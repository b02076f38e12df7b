"""From an article to a document: language, noise cut, paragraphs, sentences, parses."""
