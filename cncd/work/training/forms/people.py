"""Quizzes, opinions of sessions, numbers of certificates."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField, today
from cncd.work.training.models import Topic

LETTERS = "ABCD"
QUESTIONS = 10
MARKS = [
    ("5", _("Very useful")),
    ("4", _("Useful")),
    ("3", _("Fairly useful")),
    ("2", _("Of little use")),
    ("1", _("Of no use")),
]


class NumberForm(forms.Form):
    number = NFCCharField(
        label=_("Certificate number"), max_length=40, required=False,
        help_text=_("From the unit's own book; leave empty to take it away again."),
    )  # fmt: skip
    issued_on = DayField(label=_("Issued on"), required=False, initial=today, past=True)


class FeedbackForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("How useful was this session?"), choices=MARKS, coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    comment = NFCCharField(
        label=_("What should be done better?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without your name. Do not write names or phone numbers here."),
    )  # fmt: skip
    # An envelope keeps a digest of what was sent: without this, five marks are quickly tried out.
    salt = forms.CharField(widget=forms.HiddenInput, required=False, initial=secrets.token_hex)


class QuizForm(OnceMixin):
    """What stands above the questions."""

    title = NFCCharField(label=_("Quiz"), max_length=200)
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=Topic.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    pass_mark = WholeNumberField(
        label=_("Right answers to pass"), min_value=1, max_value=20, initial=3
    )

    def __init__(self, *args, day, **options):
        super().__init__(*args, **options)
        self.fields["topics"].queryset = Topic.objects.on(day)


class QuestionForm(forms.Form):
    """One question with up to four answers, one of them right; left empty it does not count."""

    text = NFCCharField(label=_("Question"), max_length=300, required=False)
    a = NFCCharField(label=_("Answer A"), max_length=200, required=False)
    b = NFCCharField(label=_("Answer B"), max_length=200, required=False)
    c = NFCCharField(label=_("Answer C"), max_length=200, required=False)
    d = NFCCharField(label=_("Answer D"), max_length=200, required=False)
    right = forms.ChoiceField(
        label=_("The right answer"), required=False,
        choices=[("", _("– choose –")), *((letter, letter) for letter in LETTERS)],
    )  # fmt: skip
    explanation = NFCCharField(label=_("Why"), max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text"):
            return cleaned
        answers = [cleaned.get(letter.lower(), "") for letter in LETTERS]
        given = [answer for answer in answers if answer]
        if len(given) < 2 or any(answers[len(given) :]):
            self.add_error("a", _("Write at least two answers, A first and none left out."))
        elif not cleaned.get("right") or LETTERS.index(cleaned["right"]) >= len(given):
            self.add_error("right", _("Mark the answer that is right."))
        return cleaned

    @property
    def question(self) -> dict | None:
        """What the actions take; None of a question left empty."""
        values = self.cleaned_data
        if not values.get("text"):
            return None
        given = [values[letter.lower()] for letter in LETTERS if values[letter.lower()]]
        return {
            "text": values["text"], "choices": given, "right": LETTERS.index(values["right"]),
            "explanation": values["explanation"],
        }  # fmt: skip


def question_forms(data, questions=()) -> list[QuestionForm]:
    """As many blanks as a quiz may have, the first filled in with what stands."""
    found = []
    for number in range(QUESTIONS):
        first = _values_of(questions[number]) if number < len(questions) else {}
        found.append(QuestionForm(data, prefix=f"q{number + 1}", initial=first))
    return found


def _values_of(question) -> dict:
    answers = dict(zip("abcd", question.choices, strict=False))
    first = {"text": question.text, "explanation": question.explanation}
    return first | answers | {"right": LETTERS[question.right]}


class TakeForm(OnceMixin):
    """The questions of a quiz to answer, one choice each."""

    def __init__(self, *args, questions, **options):
        super().__init__(*args, **options)
        for number, question in enumerate(questions, 1):
            self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
                label=f"{number}. {question.text}", coerce=int, widget=forms.RadioSelect,
                choices=list(enumerate(question.choices)),
                error_messages={"required": _("Choose one answer.")},
            )  # fmt: skip
        self.ids = [question.pk for question in questions]

    @property
    def answers(self) -> dict[int, int]:
        """Question id → position of the choice; a question left open is left out."""
        given = {pk: self.cleaned_data.get(f"q{pk}") for pk in self.ids}
        return {pk: choice for pk, choice in given.items() if choice is not None}
