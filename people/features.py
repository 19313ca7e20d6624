"""What the people feature adds to the application: pages, commands, words for templates."""

from flask import Flask
from flask_login import current_user

from people import cli, home, notice_views, tidying
from people.auditing import cli as audit_cli
from people.auditing import views as audit_views
from people.employees import views as employee_views
from people.employees.person_facts import first_name
from people.permissions import Permission
from people.settings import views as settings_views
from people.settings.company_settings import company_settings
from people.sign_in import views as sign_in_views
from people.teams import views as team_views
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
