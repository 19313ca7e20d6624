"""What the training changed: those who began by lot against those who wait for their turn."""
