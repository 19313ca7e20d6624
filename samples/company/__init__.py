"""The demo company: a seeded generator. Every person in it is made up."""
