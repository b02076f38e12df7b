"""One act told several times in one article."""
