"""Write the one initial migration anew from the models, for `make migration`. Until the first release only.

After the first release a change of models is a migration of its own: `flask db migrate -m "words"`.
"""

import sys
import tempfile
from pathlib import Path

import flask_migrate

from app import create_app
from db import Base

VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"
MESSAGE = "first tables"
ON_POSTGRESQL = '    if op.get_bind().dialect.name == "postgresql":\n'
END = "    # ### end Alembic commands ###\n\n\ndef downgrade"
DOWN = "def downgrade():\n"


def main() -> int:
    """Replace the initial migration; returns the exit code."""
    VERSIONS.mkdir(exist_ok=True)
    present = sorted(VERSIONS.glob("*.py"))
    if len(present) > 1:
        print("There are later migrations: write the next one with `flask db migrate -m WORDS`.", file=sys.stderr)
        return 1
    for file in present:
        file.unlink()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"MODE": "testing", "INSTANCE_DIR": folder, "DATABASE_URL": ""})
        with app.app_context():
            flask_migrate.migrate(message=MESSAGE)
    for file in VERSIONS.glob("*.py"):
        file.write_text(with_circular_keys(file.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_circular_keys(script: str) -> str:
    """Add what Alembic leaves out: keys of tables that point at each other, which PostgreSQL gets after the tables.

    SQLite has them from the making of the table.
    """
    made, dropped = [ON_POSTGRESQL], [ON_POSTGRESQL]
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            if key.use_alter:
                ends = [column.name for column in key.columns], [element.column.name for element in key.elements]
                made.append(
                    f"        op.create_foreign_key({str(key.name)!r}, {table.name!r}, {key.referred_table.name!r}, "
                    f"{ends[0]!r}, {ends[1]!r})\n"
                )
                dropped.append(f"        op.drop_constraint({str(key.name)!r}, {table.name!r})\n")
    script = script.replace(END, "".join(made) + END, 1)
    return script.replace(DOWN, DOWN + "".join(dropped), 1)


if __name__ == "__main__":
    sys.exit(main())
