"""Questions and answers under a lesson: asked by learners, answered by anybody in the course, trainers first."""
