"""Who may do what: the whole matrix on one page.

A permission reads `feature:object:verb`. A role holds a permission with a scope: about oneself (own), about the
learners assigned to one (learners), about everybody in a team and the teams below it (unit), or about all.
What is not granted here is refused.
"""

from enum import StrEnum

from people.models import Role


class Scope(StrEnum):
    """About whom a permission holds."""

    OWN = "own"
    LEARNERS = "learners"
    UNIT = "unit"
    ALL = "all"


class Permission(StrEnum):
    """Every permission, in alphabetical order."""

    ACTIVITY_IMPORT_RUN = "activity:import:run"
    CHAMPIONS_CHAMPION_PAUSE = "champions:champion:pause"
    CHAMPIONS_CONTEST_ANSWER = "champions:contest:answer"
    CHAMPIONS_FAIRNESS_MANAGE = "champions:fairness:manage"
    CHAMPIONS_FAIRNESS_VIEW = "champions:fairness:view"
    CHAMPIONS_NAMING_ANSWER = "champions:naming:answer"
    CHAMPIONS_NAMING_MANAGE = "champions:naming:manage"
    CHAMPIONS_NETWORK_VIEW = "champions:network:view"
    CHAMPIONS_NOMINATION_ANSWER = "champions:nomination:answer"
    CHAMPIONS_NOMINATION_DECIDE = "champions:nomination:decide"
    CHAMPIONS_NOMINATION_PROPOSE = "champions:nomination:propose"
    CHAMPIONS_RUN_CREATE = "champions:run:create"
    CHAMPIONS_SCORE_CONTEST = "champions:score:contest"
    CHAMPIONS_SCORE_VIEW = "champions:score:view"
    CHAMPIONS_SHORTLIST_VIEW = "champions:shortlist:view"
    JOBS_JOB_RETRY = "jobs:job:retry"
    JOBS_JOB_VIEW = "jobs:job:view"
    MESSAGES_MESSAGE_READ = "messages:message:read"
    PEOPLE_ACCOUNT_USE = "people:account:use"
    PEOPLE_AUDIT_VIEW = "people:audit:view"
    PEOPLE_DIRECTORY_EDIT = "people:directory:edit"
    PEOPLE_DIRECTORY_VIEW = "people:directory:view"
    PEOPLE_ROLE_GRANT = "people:role:grant"
    PEOPLE_SETTINGS_EDIT = "people:settings:edit"
    REPORTS_EFFECT_VIEW = "reports:effect:view"
    REPORTS_TEAM_VIEW = "reports:team:view"
    TRAINING_ASSIGNMENT_PUBLISH = "training:assignment:publish"
    TRAINING_ATTEMPT_REVIEW = "training:attempt:review"
    TRAINING_ATTEMPT_TAKE = "training:attempt:take"
    TRAINING_CERTIFICATE_MANAGE = "training:certificate:manage"
    TRAINING_COURSE_ANALYSE = "training:course:analyse"
    TRAINING_COURSE_EDIT = "training:course:edit"
    TRAINING_COURSE_MANAGE = "training:course:manage"
    TRAINING_COURSE_TAKE = "training:course:take"
    TRAINING_DISCUSSION_MODERATE = "training:discussion:moderate"
    TRAINING_ENROLMENT_EXTEND = "training:enrolment:extend"
    TRAINING_ENROLMENT_RULE = "training:enrolment:rule"
    TRAINING_FEEDBACK_GIVE = "training:feedback:give"
    TRAINING_FEEDBACK_VIEW = "training:feedback:view"
    TRAINING_GRADE_GIVE = "training:grade:give"
    TRAINING_LEARNER_VIEW = "training:learner:view"
    TRAINING_MEETING_BOOK = "training:meeting:book"
    TRAINING_MEETING_COUNT = "training:meeting:count"
    TRAINING_MEETING_OFFER = "training:meeting:offer"
    TRAINING_PRACTICE_TAKE = "training:practice:take"
    TRAINING_TEACHING_SET = "training:teaching:set"
    TRAINING_TRAINER_MANAGE = "training:trainer:manage"
    TRAINING_WORKSHEET_WRITE = "training:worksheet:write"


P, S = Permission, Scope

EMPLOYEE: dict[Permission, Scope] = {
    P.CHAMPIONS_CHAMPION_PAUSE: S.OWN,
    P.CHAMPIONS_NAMING_ANSWER: S.OWN,
    P.CHAMPIONS_NOMINATION_ANSWER: S.OWN,
    P.CHAMPIONS_SCORE_CONTEST: S.OWN,
    P.CHAMPIONS_SCORE_VIEW: S.OWN,
    P.MESSAGES_MESSAGE_READ: S.OWN,
    P.PEOPLE_ACCOUNT_USE: S.OWN,
    P.TRAINING_ATTEMPT_REVIEW: S.OWN,
    P.TRAINING_ATTEMPT_TAKE: S.OWN,
    P.TRAINING_COURSE_TAKE: S.OWN,
    P.TRAINING_FEEDBACK_GIVE: S.OWN,
    P.TRAINING_MEETING_BOOK: S.OWN,
    P.TRAINING_PRACTICE_TAKE: S.OWN,
    P.TRAINING_WORKSHEET_WRITE: S.OWN,
}

GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.TRAINER: {
        P.TRAINING_ATTEMPT_REVIEW: S.LEARNERS,
        P.TRAINING_COURSE_ANALYSE: S.LEARNERS,
        P.TRAINING_COURSE_EDIT: S.OWN,
        P.TRAINING_ENROLMENT_EXTEND: S.LEARNERS,
        P.TRAINING_FEEDBACK_GIVE: S.LEARNERS,
        P.TRAINING_FEEDBACK_VIEW: S.OWN,
        P.TRAINING_DISCUSSION_MODERATE: S.LEARNERS,
        P.TRAINING_GRADE_GIVE: S.LEARNERS,
        P.TRAINING_LEARNER_VIEW: S.LEARNERS,
        P.TRAINING_MEETING_OFFER: S.LEARNERS,
        P.TRAINING_TEACHING_SET: S.OWN,
        P.TRAINING_WORKSHEET_WRITE: S.LEARNERS,
    },
    Role.MANAGER: {
        P.CHAMPIONS_NETWORK_VIEW: S.UNIT,
        P.REPORTS_EFFECT_VIEW: S.ALL,
        P.REPORTS_TEAM_VIEW: S.UNIT,
    },
    Role.REVIEWER: {
        P.CHAMPIONS_CONTEST_ANSWER: S.ALL,
        P.CHAMPIONS_FAIRNESS_VIEW: S.ALL,
        P.CHAMPIONS_NOMINATION_DECIDE: S.ALL,
        P.CHAMPIONS_NOMINATION_PROPOSE: S.ALL,
        P.CHAMPIONS_SCORE_VIEW: S.ALL,
        P.CHAMPIONS_SHORTLIST_VIEW: S.ALL,
    },
    Role.OWNER: {
        P.ACTIVITY_IMPORT_RUN: S.ALL,
        P.CHAMPIONS_CHAMPION_PAUSE: S.ALL,
        P.CHAMPIONS_CONTEST_ANSWER: S.ALL,
        P.CHAMPIONS_FAIRNESS_MANAGE: S.ALL,
        P.CHAMPIONS_FAIRNESS_VIEW: S.ALL,
        P.CHAMPIONS_NAMING_MANAGE: S.ALL,
        P.CHAMPIONS_NETWORK_VIEW: S.ALL,
        P.CHAMPIONS_NOMINATION_DECIDE: S.ALL,
        P.CHAMPIONS_NOMINATION_PROPOSE: S.ALL,
        P.CHAMPIONS_RUN_CREATE: S.ALL,
        P.CHAMPIONS_SCORE_VIEW: S.ALL,
        P.CHAMPIONS_SHORTLIST_VIEW: S.ALL,
        P.JOBS_JOB_RETRY: S.ALL,
        P.JOBS_JOB_VIEW: S.ALL,
        P.PEOPLE_AUDIT_VIEW: S.ALL,
        P.PEOPLE_DIRECTORY_EDIT: S.ALL,
        P.PEOPLE_DIRECTORY_VIEW: S.ALL,
        P.PEOPLE_ROLE_GRANT: S.ALL,
        P.PEOPLE_SETTINGS_EDIT: S.ALL,
        P.REPORTS_EFFECT_VIEW: S.ALL,
        P.REPORTS_TEAM_VIEW: S.ALL,
        P.TRAINING_ASSIGNMENT_PUBLISH: S.ALL,
        P.TRAINING_CERTIFICATE_MANAGE: S.ALL,
        P.TRAINING_COURSE_ANALYSE: S.ALL,
        P.TRAINING_COURSE_EDIT: S.ALL,
        P.TRAINING_COURSE_MANAGE: S.ALL,
        P.TRAINING_DISCUSSION_MODERATE: S.ALL,
        P.TRAINING_GRADE_GIVE: S.ALL,
        P.TRAINING_ENROLMENT_EXTEND: S.ALL,
        P.TRAINING_ENROLMENT_RULE: S.ALL,
        P.TRAINING_FEEDBACK_VIEW: S.ALL,
        P.TRAINING_MEETING_COUNT: S.ALL,
        P.TRAINING_TRAINER_MANAGE: S.ALL,
    },
}
