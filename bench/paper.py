"""Filling in the forms people fill in: the log of the phone, a report, the grid of a commune."""

import io
import re

from openpyxl import Workbook

from bench.browser import Answer, Browser, Form, form_with
from cncd.results.reports.imports import measures_of_teams
from cncd.team.programme import queries as programme

REASON = "Trong tháng có đợt ra quân cuối tuần."
NOTHING_AROSE = "kps"
TRIES = 3


def tile_of(browser: Browser) -> str:
    """The address behind the first thing one may tap to log."""
    return re.search(r'href="(/m/log/c-[^"/]+/)', browser.get("/m/log/").text)[1]


def log_form(browser: Browser, address: str, people: int) -> dict:
    """What the phone sends after the number was typed."""
    form = form_with(browser.get(address).text, "people")
    return form.fields | {"people": [str(people)], "confirmed": ["on"]}


def report_form(browser: Browser, team: int, month: str) -> tuple[str, dict]:
    """A report ready to be sent: what stays was taken over from last month, the rest is typed."""
    address = f"/reports/write/{team}/{month}/"
    form = form_with(browser.get(address).text, "narrative")
    browser.post(address, form.fields | {"fill": ["last"]})
    form = form_with(browser.get(address).text, "narrative")
    return address, _typed(form) | {"send": ["1"], "narrative": ["Tổ đã đến từng hộ."]}


def _typed(form: Form) -> dict:
    """The asked figures that are still blank; a counted one has a field for its reason."""
    fields = dict(form.fields)
    for name, held in form.fields.items():
        kind, _dot, code = name.partition(".")
        if kind == "v" and held == [""] and f"r.{code}" not in fields:
            fields[name] = ["1" if name in form.choices else NOTHING_AROSE]
    return fields


def send(browser: Browser, address: str, fields: dict) -> list[Answer]:
    """Sends until it is taken, saying why where a figure looks unusual; the last one was taken."""
    answers = []
    for _try in range(TRIES):
        answers.append(browser.post(address, fields))
        if answers[-1].is_done:
            return answers
        asked = form_with(answers[-1].text, "narrative").fields
        fields = fields | {name: [REASON] for name in asked if name.startswith("w.")}
    raise RuntimeError(f"The report was not taken: {answers[-1].text[:3000]}")


def grid_form(browser: Browser, teams: list[int]) -> dict:
    """The grid of a commune, typed in and saved, opened again, ready to send all these teams."""
    fields = _cells(browser, teams, {"": NOTHING_AROSE, "why": REASON})
    browser.post("/reports/entry/", fields | {"save": ["1"]})
    fields = _cells(browser, teams, {"why": REASON})
    return fields | {f"t{team}-send": ["on"] for team in teams} | {"send": ["1"]}


def _cells(browser: Browser, teams: list[int], typed: dict[str, str]) -> dict:
    """The grid's fields, the blank ones filled: with `typed[name]`, or `typed[""]` for figures."""
    form = form_with(browser.get("/reports/entry/").text, f"t{teams[0]}-edition")
    fields = dict(form.fields)
    for name in form.fields:
        text = typed.get(name.partition("-")[2], typed.get(""))
        if name.startswith("t") and fields[name] == [""] and text:
            fields[name] = ["1" if name in form.choices else text]
    return fields


def old_reports(browser: Browser, period, codes: list[str], salt: int = 0):
    """The form's fields and an Excel file with every figure of these teams for the month."""
    browser.get("/reports/import/")
    asked = {row.measure.code for row in programme.sheet_for("hamlet", period)}
    columns = [measure for measure in measures_of_teams() if measure.code in asked]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["code", *(measure.code for measure in columns)])
    for number, code in enumerate(codes):
        figures = [(number + place + salt) % (2 if m.yes_no else 50)
                   for place, m in enumerate(columns)]  # fmt: skip
        sheet.append([code, *figures])
    kept = io.BytesIO()
    book.save(kept)
    return {"month": str(period.pk)}, kept.getvalue()


def take_over(browser: Browser, fields: dict[str, str], file: bytes) -> list[Answer]:
    """Uploads the file, reads the preview, confirms."""
    answers = [browser.upload("/reports/import/", fields, file)]
    if answers[-1].is_done:
        preview = answers[-1].location
        answers.append(browser.get(preview))
        form = form_with(answers[-1].text, "digest")
        answers.append(browser.post(preview, form.fields))
    if not answers[-1].is_done or "?import=" in answers[-1].location:
        raise RuntimeError(f"The file was not taken: {answers[-1].text[:3000]}")
    return answers
