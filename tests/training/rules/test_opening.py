"""Modules with conditions: when they open, whom they are for, and that nobody is ever shut out."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.opening import Below, Condition, Opening, OpeningOf, opening_of, opening_problems
from training.rules.progress import (
    ModuleProgress,
    ModuleState,
    Need,
    StepKind,
    closed_because,
    course_progress,
    module_needs,
    module_states,
    next_step,
)

TODAY = date(2026, 3, 2)


def module(slug, *, done=False, best=None, quiz=True, **opening) -> ModuleProgress:
    return ModuleProgress((done,), quiz, passed=done and quiz, slug=slug, title=slug.title(), best=best,
                          opening=Opening(**opening))  # fmt: skip


def said(*values) -> dict[str, list[str]]:
    modules = [OpeningOf(f"m{number}", number != 2, one) for number, one in enumerate(values)]
    return {slug: [str(one) for one in found] for slug, found in opening_problems(modules).items() if found}


def test_without_conditions_modules_open_in_order() -> None:
    modules = [module("a", done=True, best=1.0), module("b"), module("c")]
    assert module_states(modules) == [ModuleState.DONE, ModuleState.OPEN, ModuleState.LOCKED]
    assert closed_because(modules, 2) == ["Opens after “B”."]


def test_a_module_may_wait_for_one_alone_for_a_result_or_for_a_day() -> None:
    free, strict = module("c", after=()), module("d", after=(Condition("a", 0.8),))
    modules = [module("a", done=True, best=0.6), module("b"), free, strict, module("e", after=(), on=date(2026, 4, 1))]
    assert module_states(modules, TODAY)[1:] == [ModuleState.OPEN] * 2 + [ModuleState.LOCKED] * 2
    assert closed_because(modules, 3) == ["Opens with 80% in the quiz of “A”; your best so far is 60%."]
    assert closed_because(modules, 4, TODAY) == ["Opens on 1 April 2026."]
    assert closed_because(modules, 4, date(2026, 4, 1)) == []


def test_an_optional_module_holds_nobody_up_and_comes_last() -> None:
    modules = [module("a", optional=True), module("b")]
    assert module_states(modules) == [ModuleState.OPEN, ModuleState.OPEN]
    assert next_step(modules).module == 2
    assert course_progress([modules[0], module("b", done=True)]).is_done


def test_a_module_for_those_below_a_result_is_decided_by_that_result() -> None:
    def course(best):
        return [module("a", done=best is not None, best=best), module("more", only_below=Below("a", 0.8)), module("z")]

    assert module_needs(course(None))[1] is Need.UNDECIDED
    assert closed_because(course(None), 1)[1] == "Whether you need it depends on your result in “A”."
    assert (module_needs(course(0.6))[1], next_step(course(0.6)).module) == (Need.REQUIRED, 2)
    assert (module_needs(course(0.8))[1], next_step(course(0.8)).module) == (Need.NOT_NEEDED, 3)
    assert course_progress(course(0.8)).modules == 2


def test_what_waits_for_a_module_that_is_not_needed_does_not_wait() -> None:
    modules = [
        module("a", done=True, best=0.9),
        module("more", only_below=Below("a", 0.8)),
        module("z", after=(Condition("more"),)),
    ]
    assert module_states(modules)[2] is ModuleState.OPEN


def test_a_better_result_that_something_waits_for_is_the_next_step() -> None:
    modules = [module("a", done=True, best=0.6), module("b", after=(Condition("a", 0.8),))]
    assert (next_step(modules).kind, next_step(modules).module) == (StepKind.TAKE_QUIZ, 1)


def test_what_makes_no_sense_is_told_by_field() -> None:
    too_good = {"after": [{"module": "m2", "passed_at": 1}]}
    assert said({"when": 1}, {"after": [{"module": "m9"}]}, {"on": "soon"}, too_good) == {
        "m0": ["opens, when: “when” is not known here. Known here: after, on, only_below, optional."],
        "m1": ["opens, after 1, module: There is no module “m9”. Known: m0, m2, m3."],
        "m2": ["opens, on: 'soon' is no day. Write year, month and day: 2026-12-01."],
        "m3": ["opens, after 1, passed_at: “m2” has no quiz. Leave the result out, or add questions."],
    }  # fmt: skip
    assert list(said({"optional": True}, {"only_below": {"module": "m0", "result": 0.5}})) == ["m1"]
    assert list(said({"after": [{"module": "m0"}]})) == ["m0"]
    assert list(said({}, {"only_below": {"module": "m0"}})) == ["m1"]


def test_ways_in_a_circle_are_refused() -> None:
    found = said({"after": [{"module": "m1"}]}, {})
    assert found == {
        "m0": ["opens: No learner could ever open it: “m0” waits for “m1” waits for “m0”. "
               "Name modules that can be done before it."]
    }  # fmt: skip


conditions = st.fixed_dictionaries(
    {"module": st.sampled_from([f"m{n}" for n in range(5)])}, optional={"passed_at": st.sampled_from([0.5, 0.8, 1.0])}
)
openings = st.fixed_dictionaries(
    {},
    optional={
        "optional": st.booleans(),
        "after": st.lists(conditions, max_size=2),
        "only_below": st.fixed_dictionaries(
            {"module": st.sampled_from([f"m{n}" for n in range(5)]), "result": st.sampled_from([0.5, 0.8])}
        ),
    },
)


@settings(max_examples=300, deadline=None)
@given(st.lists(openings, min_size=5, max_size=5), st.lists(st.booleans(), min_size=5, max_size=5), st.data())
def test_no_course_that_is_accepted_ever_shuts_a_learner_out(values, quizzes, data) -> None:
    """Whatever a learner gets, following the next step again and again leads to the end of the course."""
    said_of = [OpeningOf(f"m{n}", quiz, one) for n, (one, quiz) in enumerate(zip(values, quizzes, strict=True))]
    if any(opening_problems(said_of).values()):
        return
    modules = [
        ModuleProgress((False,), one.has_quiz, slug=one.slug, title=one.slug, opening=opening_of(one.values))
        for one in said_of
    ]
    for count in range(60):
        step = next_step(modules)
        if step.kind is StepKind.NOTHING:
            break
        place = step.module - 1
        result = data.draw(st.sampled_from([0.4, 0.6, 0.9])) if count < 20 else 1.0
        before = modules[place]
        if step.kind is StepKind.READ_LESSON:
            modules[place] = replace(before, lessons_read=(True,))
        else:
            best = max(result, before.best or 0.0)
            modules[place] = replace(before, best=best, passed=before.passed or result >= 0.5)
    assert course_progress(modules).is_done
