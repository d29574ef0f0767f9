"""Pages: the PIN of this device, one's own devices, those of others, the office's certificate."""
