import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from cncd.foundation.kit.refusing import add_refusal, done

POST = RequestFactory().post("/")


class Visit(forms.Form):
    day = forms.CharField()


class Letter(forms.Form):
    number = forms.CharField()


def sent():
    return Visit({"day": "hôm nay"}), Letter({"number": "12"})


def refuse(error):
    def act():
        raise ValidationError(error)

    return act


@pytest.mark.django_db
def test_what_is_refused_stands_at_its_field_and_the_rest_above_the_form():
    form, letter = sent()
    error = {"day": "Chưa tới", "number": "Đã có", "place": "Ngoài địa bàn"}
    assert done(POST, refuse(error), form, letter) is None
    assert form.errors == {"day": ["Chưa tới"], "__all__": ["Ngoài địa bàn"]}
    assert letter.errors == {"number": ["Đã có"]}


@pytest.mark.django_db
def test_a_refusal_of_no_field_and_one_of_a_form_left_out_stand_above_the_form():
    form, _letter = sent()
    add_refusal(form, ValidationError("Đã duyệt"))
    add_refusal(form, ValidationError({"number": "Đã có"}), beside=[Letter()])
    add_refusal(form, ValidationError({"on": "Chưa tới"}), names={"on": "day"})
    assert form.errors == {"__all__": ["Đã duyệt", "Đã có"], "day": ["Chưa tới"]}


@pytest.mark.django_db
def test_what_was_written_before_the_refusal_is_not_kept():
    def act():
        Group.objects.create(name="Nửa chừng")
        raise ValidationError("Không được")

    assert done(POST, act, *sent()) is None
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_an_action_is_called_only_when_the_page_was_sent_and_every_form_is_right():
    called = []
    assert done(RequestFactory().get("/"), lambda: called.append(1), *sent()) is None
    assert done(POST, lambda: called.append(1), sent()[0], Letter({})) is None
    assert called == []
    assert done(POST, lambda: called.append(1), *sent()) is True
    assert called == [1]
