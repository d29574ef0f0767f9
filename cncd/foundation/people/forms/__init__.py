"""Forms about people, their accounts, their posts and their agencies."""
