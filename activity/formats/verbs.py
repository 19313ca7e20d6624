"""The words that a row of activity may use."""

from enum import StrEnum


class Verb(StrEnum):
    """What an employee did. Only a vote may be without a person: many sources count votes and name nobody."""

    POST = "post"
    QUESTION = "question"
    ANSWER = "answer"
    REPLY = "reply"
    COMMENT = "comment"
    REVIEW = "review"
    REACTION = "reaction"
    MENTION = "mention"
    SHARE = "share"
    VOTE = "vote"


class Reach(StrEnum):
    """Whether the reach of an event was bought. Most sources do not say, and that is not the same as organic."""

    PAID = "paid"
    ORGANIC = "organic"
    NOT_STATED = "not_stated"
