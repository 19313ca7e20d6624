"""Meetings of trainers with learners: offered, booked, held, with a worksheet for the pair."""
