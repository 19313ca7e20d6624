"""No answer lost, none graded twice: learners, a server that is killed, and the judge of what is left."""
