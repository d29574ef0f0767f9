import re

import pytest
from click.testing import CliRunner
from django.utils import translation

from cncd.foundation.people import actions
from cncd.foundation.people.models import User


@pytest.fixture
def run(db):
    from cncd.foundation.people.cli import user

    def answer(*arguments):
        with translation.override("vi"):
            return CliRunner().invoke(user, arguments)

    return answer


def test_the_first_administrator_comes_in_by_a_link_without_a_password(run):
    said = run("create-admin", "root", "--name", "Trần Quản Trị", "--address", "https://cncd.vn/")
    assert said.exit_code == 0, said.output
    account = User.objects.get(login="root")
    assert account.is_superuser
    assert not account.has_usable_password()
    token = re.search(r"https://cncd\.vn/in/([^/]+)/", said.output)[1]
    assert actions.sign_in_by_token(token=token) == account


def test_a_taken_name_is_explained_and_nobody_is_added(run, cast):
    people = User.objects.count()
    said = run("create-admin", "lan", "--name", "Trần Quản Trị")
    assert said.exit_code == 1
    assert "Đã có người dùng tên đăng nhập" in said.output
    assert User.objects.count() == people


def test_somebody_locked_out_gets_a_link(run, cast):
    said = run("link", "LAN")
    assert "Nguyễn Thị Lan" in said.output
    token = re.search(r"/in/([^/]+)/", said.output)[1]
    assert actions.sign_in_by_token(token=token) == cast.lan


def test_an_unknown_account_is_said_to_be_unknown(run):
    said = run("link", "khong-co")
    assert said.exit_code == 1
    assert "Không có tài khoản" in said.output
