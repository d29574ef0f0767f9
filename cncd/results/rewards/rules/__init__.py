"""What is true of recognition without a database or a clock."""
