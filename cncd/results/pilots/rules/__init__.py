"""What is true of pilots without a database or a clock."""
