"""What a volunteer writes down and reads on the phone: few fields, through the room's actions."""
