"""Messages: what the product tells people, in the product and by mail, as often as each of them wants."""
