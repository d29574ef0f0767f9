"""The demo province: the units of a real province, everything else invented.

No real person's name or number: names are drawn at random, and phone numbers begin with 0570, which
was never given out.
"""
