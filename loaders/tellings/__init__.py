"""From mentions to events of one article, with repeated reports of an event merged."""
