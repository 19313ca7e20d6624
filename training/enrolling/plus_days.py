"""A day plus a number of days, in SQL of either database."""

from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class PlusDays(GenericFunction[Any]):
    """`PlusDays(day, 14)`: a column and a number; NULL where the day is NULL."""

    type = Date()
    inherit_cache = True
    name = "plus_days"


@compiles(PlusDays, "sqlite")
def _sqlite(element: PlusDays, compiler: Any, **options: Any) -> str:
    day, days = element.clauses
    return f"date({compiler.process(day, **options)}, {compiler.process(days, **options)} || ' days')"


@compiles(PlusDays, "postgresql")
def _postgresql(element: PlusDays, compiler: Any, **options: Any) -> str:
    day, days = element.clauses
    return f"(CAST({compiler.process(day, **options)} AS DATE) + CAST({compiler.process(days, **options)} AS INTEGER))"
