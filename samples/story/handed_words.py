"""What the demo's learners hand in and say under lessons, and what is said about it. All made up."""

REPLIES = (
    "Asked: does the Heron fit under an 82 cm worktop? Her last one did not.\n\n"
    "My answer: Yes, with the feet turned in it is 81.6 cm high; leave the top panel on. Measure at the back too, "
    "floors rarely are level. If it is tight, tell me what you measure and I look it up for you.\n\n"
    "Today I would have asked first whether there is a pipe behind it.",
    "Asked: the machine walks across the floor when it spins.\n\n"
    "My answer: Is it on tiles or on wood? On wood the damping plate helps, and you may have it from us for nothing. "
    "Before that, turn the front feet until nothing rocks. Tell me tomorrow whether it stays.\n\n"
    "I would add a picture of the feet.",
    "Asked: why is the display in the wrong language after the update?\n\n"
    "My answer: Hold the dial for five seconds, then turn to the little flag. Sorry for that: it happened to several "
    "people, and I have passed it on today.\n\n"
    "I would say to whom I passed it on.",
    "Asked: is it normal that it smells of rubber?\n\n"
    "My answer: For the first three washes, yes. After that, no: then write to me with the number on the door and I "
    "send somebody. Please do not run it empty at 90 degrees, as one reads elsewhere.",
    "Asked: nobody has called back.\n\n"
    "My answer: That was our fault, and you should not have to ask twice. I have looked: the part comes on Thursday, "
    "the fitter on Friday between 8 and 10. I call you on Thursday evening myself.",
)

HAND_OVERS = (
    "Seen: two pictures of a door seal with the same crack, 4 cm from the hinge. Told: both machines are from spring. "
    "Guessed: one batch. Urgent, since water comes out. Please check the batch by Wednesday; I tell both customers.",
    "Told: three owners in the forum cannot find the child lock since the update. Seen: I could not either. "
    "Guessed: the entry has moved. Please say by Friday where it is; I answer all three and write it on top.",
    "Seen: our page says 59 minutes, the machine says 74. Told: a customer planned her night shift by it. "
    "Please correct the page or tell me why it differs, this week. I have promised her an answer on Monday.",
    "Told: the courier leaves parcels in the rain. Seen: a picture of one. Guessed: only in the north. "
    "Please ask the courier; it need not be today. I do not know yet whom to tell.",
)

COMMENTS = (
    "I saw that you named the day. That is why she wrote back at once. Next time say it in the first sentence.",
    "You took up what only she had said. Try to leave out the second paragraph; nothing is missing without it.",
    "Clear and kind. For those who read along, add which model it is.",
)

PEERS_COMMENTS = (
    "What you saw and what you were told are kept apart well. Say too who hears of the end.",
    "I could work with this tomorrow. The day stands out; I would put it first.",
    "I had to read it twice to see what you only guess. One word before it would do.",
)

QUESTIONS = (
    (
        "What if somebody asks the same for the *third* time? I wrote “as said above” and it felt wrong.",
        "It is a sign that the answer above does not answer it for them. Ask what they tried and where it stopped: "
        "\n\n- “Which light is on when it stops?”\n- “Did the first step work?”\n\nMostly the third question is "
        "another one.",
        "I link to the answer and say in one sentence what it says. Nobody has minded so far.",
    ),
    (
        "May I say that a fault is known before the people who mend it have said so in public?",
        "Say what you *saw* and that it is passed on, with the day on which you will know more. Leave causes to those "
        "who look into them.",
        "Thank you, that gives me a sentence I can use today.",
    ),
)
