"""What people do with training on their phones, with or without a network."""
