"""A sentence and its parse, read one way: tokens, clauses, attachment, mood, inflection."""
