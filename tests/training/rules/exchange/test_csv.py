"""Questions in a table, as people write it and as it is written."""

from hypothesis import HealthCheck, given, settings

from tests.training.rules.exchange.exchanged import comes_back, question_lists
from training.rules.course_files.course_text import About, QuestionText
from training.rules.exchange.reading import read
from training.rules.exchange.results import Format
from training.rules.exchange.table.writer import write_csv

TABLE = '''kind;prompt;right;answer 1;answer 2;answer 3;feedback 1;about;weight;more
single choice;Who helps?;B;Me;"The ""desk""";You;Not me.;why;2,5;
multiple_choice;Which two?;1, 3;Ask;Wait;Listen;;;;"shuffle: false"
true_false;So it is.;FALSE;;;;;;;
numeric;How many?;12,5;;;;;;;"{tolerance: 0.5, unit: km}"
short_text;What is it?;case|a case;;;;;;;
matching;Match.;;a -> one;b -> two;-> three;;;;
ordering;Order.;;first;second;third;;;;
'''


def test_a_table_that_a_person_wrote_is_read() -> None:
    exchange = read(TABLE.encode("cp1252"), "questions.csv")
    assert exchange.format is Format.CSV
    assert exchange.problems == ()
    single, several, statement, number, word, pairs, order = exchange.questions
    assert (single.about, single.weight) == (About.WHY, 2.5)
    assert single.specification["choices"] == [
        {"text": "Me", "feedback": "Not me."},
        {"text": 'The "desk"', "right": True},
        {"text": "You"},
    ]
    assert several.specification["shuffle"] is False
    assert statement.specification == {"kind": "true_false", "right": False}
    assert number.specification == {"kind": "numeric", "right": 12.5, "tolerance": 0.5, "unit": "km"}
    assert word.specification["accept"] == ["case", "a case"]
    assert pairs.specification["extra"] == ["three"]
    assert order.specification["items"] == ["first", "second", "third"]


def test_a_row_that_is_wrong_costs_that_row_and_says_where() -> None:
    rows = (
        'kind,prompt,right,answer 1,answer 2,odd\nsingle_choice,"Two\nlines?",9,a,b,\n'
        "riddle,What?,,,,\ntrue_false,Yes?,maybe,,,\ntrue_false,Yes?,t,,,\n"
    )
    exchange = read(rows.encode())
    assert len(exchange.questions) == 1
    assert [problem.line for problem in exchange.left_out] == [2, 4, 5]
    assert "“odd”" in exchange.remarks[0].message


def test_no_spreadsheet_takes_a_cell_for_a_formula() -> None:
    question = QuestionText("sum", About.HOW, "=1+1", {"kind": "ordering", "items": ["-a", "'=b", "@c"]})
    written = write_csv([question])
    cells = written.data.decode("utf-8-sig").splitlines()[1].split(",")
    assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in cells)
    assert read(written.data).questions == (question,)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(question_lists())
def test_every_kind_comes_back(listed) -> None:
    comes_back(listed, write_csv, read)
    assert len(write_csv(listed).carried) == len(listed)
