"""Finding approved reviews by their words: an index of its own, which the search page offers beside the monographs."""
