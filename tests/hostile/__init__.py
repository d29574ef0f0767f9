"""Bad input and odd use: every page opened and every form sent with what nobody should send."""
