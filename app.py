"""The application factory: binds extensions, registers features and commands; nothing else."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

import config
import web
from activity import features as activity_features
from champions import features as champion_features
from db import bind_engine, db, utcnow
from jobs import features as job_features
from messages import features as message_features
from people import access
from people import features as people_features
from people.sign_in import passwords
from people.viewer import load_viewer
from reports import features as report_features
from samples import features as sample_features
from training import features as training_features

FEATURES = (
    people_features,
    job_features,
    message_features,
    activity_features,
    champion_features,
    training_features,
    report_features,
    sample_features,
)


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Make the application from the environment, with `settings` (name -> value) overriding it."""
    values = config.load(**(settings or {}))
    Path(values["INSTANCE_DIR"]).mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, instance_path=values["INSTANCE_DIR"])
    app.config.update(config.flask_config(values))
    _bind_extensions(app)
    web.install(app)
    access.install_guard(app)
    for feature in FEATURES:
        feature.install(app)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        bind_engine(db.engine)
    Migrate(app, db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    login = LoginManager(app)
    login.session_protection = None  # the server ends sessions itself; see people/viewer.py
    login.user_loader(lambda token: load_viewer(token, utcnow()))
    passwords.set_slots(app.config["HASH_SLOTS"])
