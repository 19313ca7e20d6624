"""Pages about imports: the list, handing in a file, the report with its rejected rows."""

from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from activity.access import access_import
from activity.formats.fields import FileKind
from activity.imports import mapping_entry, uploads
from activity.imports import operations as import_operations
from activity.imports import queries as import_queries
from activity.imports import words as import_words
from activity.imports.forms import UploadForm
from activity.imports.queries import Filters, ImportView
from activity.imports.reading import UnreadableError
from activity.models import ImportState
from db import db, may_write, utcnow
from jobs.queries import job_view
from people.access import permission_required, reads_first
from people.permissions import Permission
from web import page_number

blueprint = Blueprint("imports", __name__)


@blueprint.app_context_processor
def words() -> dict[str, object]:
    """What templates need to put imports into words."""
    return {"import_words": import_words}


@blueprint.get("/imports")
@permission_required(Permission.ACTIVITY_IMPORT_RUN)
def imports() -> str:
    """All imports, newest first, searched and narrowed."""
    kind, state = request.args.get("kind"), request.args.get("state")
    filters = Filters(
        words=request.args.get("q", "").strip()[:100],
        kind=FileKind(kind) if kind in set(FileKind) else None,
        state=ImportState(state) if state in set(ImportState) else None,
    )
    return render_template(
        "activity/imports.html",
        page=import_queries.imports_page(filters, page_number()),
        counts=import_queries.counts(),
        filters=filters,
        narrowed=filters != Filters(),
        kinds=FileKind,
        states=ImportState,
    )


@blueprint.route("/imports/new", methods=["GET", "POST"])
@permission_required(Permission.ACTIVITY_IMPORT_RUN)
@reads_first
def new() -> str | Response | tuple[str, int]:
    """Hand in a file. It is stored before the database may be written, since storing takes its time."""
    form = UploadForm(kind=request.args.get("kind", FileKind.DIRECTORY.value))
    if form.validate_on_submit():
        stored = uploads.store(form.file.data.stream)
        may_write()
        try:
            row = import_operations.register(
                FileKind(form.kind.data),
                form.source.data,
                stored,
                form.file.data.filename,
                actor_id=current_user.id,
                at=utcnow(),
            )
        except UnreadableError as error:
            db.session.rollback()
            uploads.remove(stored.name)
            form.file.errors = [str(error)]
        else:
            db.session.commit()
            return redirect(url_for("imports.mapping", import_id=row.id))
    page = render_template("activity/new.html", form=form, sources=import_queries.sources())
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/imports/<int:import_id>")
@permission_required(Permission.ACTIVITY_IMPORT_RUN)
def report(import_id: int) -> str | Response:
    """What an import did, or would do, with every rejected row; how far it is while it runs."""
    view = import_queries.import_view(import_id) or abort(404)
    if view.state is ImportState.UPLOADED:
        return redirect(url_for("imports.mapping", import_id=import_id))
    fault = _fault(view)
    return render_template(
        "activity/report.html",
        view=view,
        job=job_view(view.job_id, Path(current_app.config["INSTANCE_DIR"])) if view.job_id else None,
        fault=fault,
        page=import_queries.rejections_page(import_id, fault, page_number()),
        common=import_queries.common_value(import_id) if view.rejected else None,
        entry=_entry(import_id) if view.state is ImportState.CHECKED else None,
    )


@blueprint.get("/imports/<int:import_id>/rejected.csv")
@permission_required(Permission.ACTIVITY_IMPORT_RUN)
def rejected(import_id: int) -> Response:
    """The rejected rows as CSV that is safe to open in a spreadsheet."""
    row = access_import(import_id)
    content = "".join(import_queries.rejections_csv(row.id))
    headers = {"Content-Disposition": f'attachment; filename="rejected-{row.id}.csv"'}
    return Response(content, mimetype="text/csv", headers=headers)


def _fault(view: ImportView) -> tuple[str, str] | None:
    """The column and reason to which the rejected rows are narrowed."""
    place = request.args.get("fault", type=int)
    if place is None or not 0 <= place < len(view.faults):
        return None
    column, reason, _ = view.faults[place]
    return column, reason


def _entry(import_id: int) -> mapping_entry.MappingEntry | None:
    row = access_import(import_id)
    path = uploads.path_of(row.stored_name)
    if not path.exists():
        return None
    mapping = import_operations.mapping_of(row)
    return mapping_entry.entry_of(mapping, mapping_entry.preview(path, mapping))
