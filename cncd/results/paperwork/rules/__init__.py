"""What is true of official documents without a database: words, lines, numbers, measures."""
