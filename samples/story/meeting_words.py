"""What people in the demo's story meet about, where, and what they write down. All made up."""

TOPICS = (
    "One answer of yours, line by line",
    "When a customer is angry in public",
    "Asking back before answering",
    "Handing over without losing the thread",
    "What your last three replies brought",
)
PLACES = ("https://meet.larkspur.example/room-7", "https://meet.larkspur.example/room-12", "Quiet room, third floor")
GOALS = (
    "Ask one question back before I offer anything. I notice it when customers write more than one line.",
    "Say in the first sentence what I will do and by when.",
    "Pass on what I cannot solve within the hour, with name and next step.",
)
TRIED = (
    "Three replies in the forum. Twice the customer came back with the detail that mattered; once I was too early.",
    "Rewrote two old answers together. The second one was taken up by the product team the same day.",
    "Handed over a billing case by name. The customer thanked both of us, which has not happened before.",
)
NEXT_STEPS = (
    "Two real replies with a question first, by Friday. We look at them together.",
    "Write down what came of the next five answers, good or not.",
    "Ask a colleague in care to read one reply before it goes out.",
)
HEARD = ("yes", "yes", "yes", "yes", "partly", "partly", "no")
"""What is said after a module, as often as it stands here."""
