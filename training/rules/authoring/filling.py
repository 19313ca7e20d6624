"""What a form holds when it shows given values: every field by its name, as a browser would send it back."""

from collections.abc import Mapping
from typing import Any

from training.rules.authoring.controls import Control, Fields, Rows, Type, rows_of, shape_of, text_of


def form_of(fields: Fields, values: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """The fields that show `values`, without empty rows to fill in."""
    form: dict[str, str] = {}
    for one in fields:
        if isinstance(one, Rows):
            listed = rows_of(one, values.get(one.name))
            form[f"{prefix}{one.name}-count"] = str(len(listed))
            for place, row in enumerate(listed):
                here = f"{prefix}{one.name}-{place}-"
                form |= {f"{here}was": str(place)} | form_of(one.fields, row, here)
        elif one.type is Type.SHAPE:
            form[f"{prefix}shape"], form[f"{prefix}numbers"] = shape_of(values)
        else:
            form |= _field_of(one, values.get(one.name), prefix)
    return form


def _field_of(control: Control, value: Any, prefix: str) -> dict[str, str]:
    text = text_of(control, value)
    if control.type is Type.FLAG:
        return {prefix + control.name: "on"} if text == "true" else {}
    return {prefix + control.name: text}
