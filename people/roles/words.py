"""The roles in words: what each is called, and what its holder may do."""

from people.models import Role

NAMES: dict[Role, str] = {
    Role.OWNER: "Programme owner",
    Role.REVIEWER: "Reviewer",
    Role.TRAINER: "Trainer",
    Role.MANAGER: "Manager",
}
MAY: dict[Role, str] = {
    Role.OWNER: "Runs the programme: people, imports, scoring, decisions, assignments, settings.",
    Role.REVIEWER: "Sees the shortlist with its evidence and decides on nominations.",
    Role.TRAINER: "Sees how the learners assigned to them get on, and helps them.",
    Role.MANAGER: "Sees the report of a team and those below it, never a single person's score.",
}
