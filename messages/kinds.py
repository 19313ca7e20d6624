"""What people are told about. Each kind has a default way, which everybody may change for themselves."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a message of a kind reaches a person. In the product it is always shown."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    IN_PRODUCT = "in_product"


class Kind(StrEnum):
    """Every kind of message, in alphabetical order."""

    ASSIGNMENT_CHANGED = "assignment_changed"
    CERTIFICATE = "certificate"
    CONTEST = "contest"
    DISCUSSION = "discussion"
    DUE_DATE = "due_date"
    ENROLMENT = "enrolment"
    ESCALATION = "escalation"
    GRADED = "graded"
    MEETING = "meeting"
    NAMING = "naming"
    NOMINATION = "nomination"
    PRACTICE = "practice"
    TO_GRADE = "to_grade"


@dataclass(frozen=True)
class About:
    """What a kind is called on the page of preferences, and how it reaches people who have chosen nothing."""

    title: str
    way: Way


KINDS: dict[Kind, About] = {
    Kind.ASSIGNMENT_CHANGED: About("Your trainer or your learners change", Way.AT_ONCE),
    Kind.CERTIFICATE: About("A certificate is issued or will expire", Way.DIGEST),
    Kind.CONTEST: About("A contest of a score is raised or answered", Way.AT_ONCE),
    Kind.DISCUSSION: About("Somebody answers or mentions you in a discussion", Way.DIGEST),
    Kind.DUE_DATE: About("A course is due soon or overdue", Way.DIGEST),
    Kind.ENROLMENT: About("You are enrolled in a course by a rule", Way.DIGEST),
    Kind.ESCALATION: About("A learner of yours or a member of your team is overdue", Way.DIGEST),
    Kind.GRADED: About("Work you handed in has been graded", Way.DIGEST),
    Kind.MEETING: About("A meeting is offered, changed or cancelled", Way.AT_ONCE),
    Kind.NAMING: About("You are asked whom you go to for help", Way.AT_ONCE),
    Kind.NOMINATION: About("You are proposed as a trainer, or asked to decide", Way.AT_ONCE),
    Kind.PRACTICE: About("Questions are waiting to be practised", Way.DIGEST),
    Kind.TO_GRADE: About("Work is waiting for your grade", Way.DIGEST),
}
