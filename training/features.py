"""What the training feature adds to the application: pages, commands, and who the learners of a trainer are."""

from flask import Flask

from people.access import register_learners_of
from training import cli
from training.access import learners_of
from training.assigning import cli as plan_cli
from training.assigning import job as plan_job
from training.assigning import views as plan_views
from training.assigning import wave_views
from training.attempts import allowance_views
from training.attempts import checking_views as attempt_checking
from training.attempts import overdue as overdue_job
from training.attempts import views as attempt_views
from training.authoring import pages as authoring_pages
from training.certificates import cli as certificate_cli
from training.certificates import owner_views as all_certificates_views
from training.certificates import public_views as verify_views
from training.certificates import views as certificate_views
from training.certificates.settings import offer_choices as offer_certificate_choices
from training.courses import views as courses_views
from training.discussions import moderation_views
from training.discussions import views as discussion_views
from training.enrolling import due_views, rule_views
from training.exchange import cli as cli_exchange
from training.exchange import views as exchange_views
from training.feedback import views as feedback_views
from training.files import tidying as files_job
from training.files import views as files_views
from training.grading import views as grading_views
from training.grading.access import install_door as let_graders_read
from training.learners import views as learners_views
from training.learning import portal_views
from training.learning import views as learning_views
from training.meetings import periodic as meeting_jobs
from training.meetings import trainer_views as meeting_offer_views
from training.meetings import views as meeting_views
from training.meetings import worksheet_views
from training.practice import job as practice_job
from training.practice import views as practice_views
from training.regrading import cli as regrading_cli
from training.regrading import job as regrading_job
from training.regrading import views as regrading_views
from training.tasks import access as task_access
from training.tasks import grading_views as task_grading_views
from training.tasks import views as task_views
from training.trainers import owner_views as trainers_views
from training.trainers import views as teaching_views
from training.trainers.limits import offer_limits
from training.wording import FILTERS
from web import DAYS

# Importing these registers commands and jobs.
__all__ = [
    "attempt_checking",
    "certificate_cli",
    "cli_exchange",
    "files_job",
    "install",
    "overdue_job",
    "plan_job",
    "practice_job",
    "regrading_cli",
    "regrading_job",
]

BLUEPRINTS = (
    all_certificates_views.blueprint,
    allowance_views.blueprint,
    attempt_views.blueprint,
    authoring_pages.blueprint,
    certificate_views.blueprint,
    courses_views.blueprint,
    discussion_views.blueprint,
    exchange_views.blueprint,
    feedback_views.blueprint,
    files_views.blueprint,
    grading_views.blueprint,
    learners_views.blueprint,
    learning_views.blueprint,
    meeting_offer_views.blueprint,
    meeting_views.blueprint,
    moderation_views.blueprint,
    plan_views.blueprint,
    regrading_views.blueprint,
    portal_views.blueprint,
    teaching_views.blueprint,
    trainers_views.blueprint,
    wave_views.blueprint,
    practice_views.blueprint,
    due_views.blueprint,
    verify_views.blueprint,
    rule_views.blueprint,
    task_grading_views.blueprint,
    task_views.blueprint,
    worksheet_views.blueprint,
)


def install(app: Flask) -> None:
    """Register blueprints and commands, and tell the doors who learns from whom."""
    register_learners_of(learners_of)
    offer_limits()
    let_graders_read()
    task_access.install()
    meeting_jobs.register()
    offer_certificate_choices()
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["WEEKDAYS"] = DAYS
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(cli.group)
    app.cli.add_command(plan_cli.group)
