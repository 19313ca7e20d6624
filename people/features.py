"""What the people feature adds to the application: pages, commands, words for templates."""

from flask import Flask
from flask_login import current_user

from people import (
    audit_cli,
    audit_views,
    cli,
    employee_views,
    home,
    notice_views,
    settings_views,
    sign_in_views,
    team_views,
    tidying,
)
from people.company_settings import company_settings
from people.permissions import Permission
from people.person_facts import first_name
from web import zone_of


def install(app: Flask) -> None:
    """Register blueprints and commands, and give every template `company`, `may` and `zone`."""
    tidying.register()
    app.register_blueprint(sign_in_views.blueprint)
    app.register_blueprint(home.blueprint)
    app.register_blueprint(employee_views.blueprint)
    app.register_blueprint(team_views.blueprint)
    app.register_blueprint(settings_views.blueprint)
    app.register_blueprint(audit_views.blueprint)
    app.register_blueprint(notice_views.blueprint)
    for command in (cli.people, audit_cli.trail, cli.secret):
        app.cli.add_command(command)

    app.jinja_env.filters["first_name"] = first_name

    @app.context_processor
    def words() -> dict[str, object]:
        signed_in = current_user.is_authenticated
        return {
            "company": company_settings(),
            "may": current_user.may if signed_in else (lambda permission: False),
            "zone": zone_of(current_user.time_zone) if signed_in else zone_of("UTC"),
            "Permission": Permission,
        }
