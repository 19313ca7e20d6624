"""From nomination to champion, and what a champion does about it: pause, come back, stop."""
