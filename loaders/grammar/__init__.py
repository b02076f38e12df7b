"""A sentence and its dependency parse: tokens, clauses, attachment, mood, inflection."""
