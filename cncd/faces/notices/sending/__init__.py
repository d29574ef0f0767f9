"""One message by one way: web push, e-mail, or a service of Apprise; nobody asks the database."""
