"""Answering questions in a real browser as people do: with a mouse, or by keyboard alone."""


def controls_of(page, name):
    """The controls of one name in the form of the question."""
    return page.locator(f'#answer [name="{name}"]:not([type=hidden])')


def answer_by_hand(page, form):
    """Answer as a person with a mouse does. A talk is answered step by step."""
    for name, values in form.items():
        if name == "path":
            for value in values:
                page.locator(f'input[name=answer][value="{value}"]').check()
                page.get_by_role("button", name="Answer, and see what comes back").click()
                page.wait_for_load_state()
            continue
        control = controls_of(page, name)
        kind = control.first.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            for value in values:
                page.locator(f'input[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            control.select_option(values[0])
        else:
            control.fill(values[0])


def tab_to(page, selector):
    """Press Tab until what is focused fits: whatever needs more cannot be reached by keyboard in fair time."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def answer_by_keyboard(page, form):
    """Answer without a mouse: Tab, arrows, space, letters."""
    names = page.evaluate("[...new Set([...document.getElementById('answer').elements].map(e => e.name))]")
    for name in [one for one in names if one in form]:
        values = form[name]
        kind = controls_of(page, name).first.evaluate("e => e.type")
        if kind == "checkbox":
            for value in page.locator(f'input[name="{name}"]').evaluate_all("all => all.map(e => e.value)"):
                if value in values:
                    tab_to(page, f'[name="{name}"][value="{value}"]')
                    page.keyboard.press("Space")
        elif kind == "radio":
            tab_to(page, f'[name="{name}"]')
            page.keyboard.press("Space")
            while page.evaluate("document.activeElement.value") != values[0]:
                page.keyboard.press("ArrowDown")
        elif kind == "select-one":
            tab_to(page, f'[name="{name}"]')
            choose_in_list(page, values[0])
        else:
            tab_to(page, f'[name="{name}"]')
            page.keyboard.type(values[0])


def walk_a_talk_by_keyboard(page, path):
    """Choose one answer after the other with arrows, and send it with Enter."""
    for value in path:
        tab_to(page, "[name=answer]")
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.value") != value:
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator(f'input[name=path][value="{value}"]').wait_for(state="attached")


def choose_in_list(page, value):
    """Press the arrow until the list that is focused has this value."""
    for _ in range(10):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be chosen by keyboard on {page.url}")
