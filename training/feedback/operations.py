"""Answering the two questions, or passing them by. Nothing here commits."""

from datetime import datetime

from db import db, insert_if_new, table_of
from people.refusal import RefusedError
from training.enrolment_models import Enrolment
from training.feedback.models import ModuleFeedback, Reply, Side
from training.feedback.queries import is_finished


def answer(
    enrolment: Enrolment,
    module_id: int,
    side: Side,
    *,
    trainer_id: int | None,
    helped: Reply | None,
    worth_it: Reply | None,
    at: datetime,
) -> None:
    """Note what one side says after a module; both None pass the questions by. Said once: a second answer is dropped.

    Raises RefusedError when the module is not finished, or only one of the two is answered.
    """
    if not is_finished(enrolment.id, module_id):
        raise RefusedError("This module is not finished yet. You are asked when its quiz is passed.")
    if (helped is None) is not (worth_it is None):
        raise RefusedError("Answer both questions, or pass them by.")
    key = {"enrolment_id": enrolment.id, "module_id": module_id, "side": side}
    said = {"trainer_id": trainer_id, "helped": helped, "worth_it": worth_it, "at": at}
    insert_if_new(table_of(ModuleFeedback), {**key, **said})
    db.session.flush()
