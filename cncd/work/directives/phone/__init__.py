"""What a team is asked, seen, acknowledged and answered on the phone, also without a network."""
