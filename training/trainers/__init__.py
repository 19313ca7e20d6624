"""What trainers set for themselves, and what an owner notes about them before anybody is given to them."""
