"""Grade finished attempts again by another version of a question: look first, then do it, and a way back."""
