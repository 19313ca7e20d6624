"""What the demo's people write when they nominate and decide. {name} is a first name."""

PROPOSALS = (
    "I read the threads behind it: {name} asks one good question before answering, and people come back to say it "
    "worked.",
    "What I like is the tone. {name} never sells, and customers recommend the answer to each other.",
    "{name} explains the reason before the steps. That is what we want others to learn.",
    "I followed some of these answers to their end: the customers wrote again to say thank you.",
    "Some of these customers were about to send the machine back. {name} kept them with a plain answer.",
    "{name} passes on what customers meet, with the model and the date, so that the right people can act on it.",
)

APPROVALS = (
    "Read some of the answers in full: patient, correct, and in plain words.",
    "The evidence is spread over many people and months, not over one lucky thread.",
    "Colleagues ask for this advice already. It is time to say so and to make room for it.",
    "I looked at the replies by others to the same questions. The difference is easy to see.",
    "Clear reasons in every answer, and honest where there was no good news to give.",
    "No doubt about the work, and the team lead has agreed on an hour a week for teaching.",
)

REJECTIONS = (
    "The praise comes from accounts that do nothing else. Nothing is proven against anybody; let us look again after "
    "the next run.",
    "Most of the outcomes name one and the same colleague. I would like to see results with others first.",
)

ALARMS = (
    "I looked at the alarm: it is a small desk that answers each other all day, and the outcomes come from customers.",
    "The alarm has an ordinary reason, the people of one language thank each other. The results stand by themselves.",
)

CONTEST_OF_SCORE = (
    "Please look at my first weeks again: I was still being trained then, and the answers of that time are not how I "
    "work today."
)
CONTEST_ANSWER = (
    "I read them. They count less the older they are, and the wide range says how little is known yet. Nothing is "
    "wrong with the facts, so the score stands; the next run will know more."
)
CONTEST_OF_FACT = (
    "A fault that I passed on to the service team is missing in the list. They have it on file with my name and can "
    "confirm it."
)
