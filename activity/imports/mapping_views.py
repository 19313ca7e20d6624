"""The page on which a person says how the columns of a file are read, and starts a check or the import."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from activity.access import access_import
from activity.formats.fields import FileKind
from activity.formats.mapping import ColumnMapping
from activity.imports import mapping_entry, uploads
from activity.imports import operations as import_operations
from activity.imports import queries as import_queries
from activity.imports.mapping_entry import MappingEntry
from activity.imports.operations import ImportRefusedError
from activity.imports.views import blueprint
from activity.models import Import, ImportState
from db import db, utcnow
from people.access import permission_required
from people.permissions import Permission


@blueprint.route("/imports/<int:import_id>/columns", methods=["GET", "POST"])
@permission_required(Permission.ACTIVITY_IMPORT_RUN)
def mapping(import_id: int) -> str | Response | tuple[str, int]:
    """Choose what each column is read as; with `action` check or import, begin."""
    row = access_import(import_id, lock=request.method == "POST")
    view = import_queries.import_view(import_id) or abort(404)
    path = uploads.path_of(row.stored_name)
    if view.is_running or view.state is ImportState.DONE or not path.exists():
        return redirect(url_for("imports.report", import_id=import_id))
    present = import_operations.mapping_of(row)
    seen = mapping_entry.preview(path, present)
    if request.method == "GET":
        return _page(row, mapping_entry.entry_of(present, seen))
    entry = mapping_entry.entry_from(request.form, present.kind, seen)
    wanted = mapping_entry.mapping_from(entry, utcnow())
    if entry.is_right:
        try:
            return _begin(row, wanted, has_changed=wanted.to_json() != present.to_json())
        except ImportRefusedError as error:
            db.session.rollback()
            entry.errors.append(str(error))
    return _page(access_import(import_id), entry), 422


@blueprint.post("/imports/<int:import_id>/discard")
@permission_required(Permission.ACTIVITY_IMPORT_RUN)
def discard(import_id: int) -> Response:
    """Delete an upload that was never imported, with its report."""
    row = access_import(import_id, lock=True)
    try:
        import_operations.discard(row)
    except ImportRefusedError as error:
        db.session.rollback()
        flash(str(error), "refused")
        return redirect(url_for("imports.report", import_id=import_id))
    db.session.commit()
    uploads.remove(row.stored_name)
    flash(f"{row.file_name} is deleted. Nothing of it was imported.")
    return redirect(url_for("imports.imports"))


def _begin(row: Import, wanted: ColumnMapping, *, has_changed: bool) -> Response:
    """Keep the mapping and start. What was checked with another mapping is checked again before it is imported."""
    was_checked = row.state == ImportState.CHECKED
    if has_changed:
        import_operations.choose_mapping(row, wanted)
    if request.form.get("save"):
        import_operations.save_mapping(wanted.kind, row.source, wanted)
    dry_run = request.form.get("action") != "import"
    if not dry_run and was_checked and has_changed:
        dry_run = True
        flash("The columns were changed, so the file is checked again first.")
    import_operations.start(row, dry_run=dry_run, actor_id=current_user.id, at=utcnow())
    db.session.commit()
    return redirect(url_for("imports.report", import_id=row.id))


def _page(row: Import, entry: MappingEntry) -> str:
    kind = FileKind(row.kind)
    return render_template(
        "activity/mapping.html",
        row=row,
        kind=kind,
        entry=entry,
        earlier=import_queries.earlier_import(row.digest, kind),
    )
