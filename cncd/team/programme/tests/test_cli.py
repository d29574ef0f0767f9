"""What a new installation needs before its first officer can be posted."""

from click.testing import CliRunner

from cncd.foundation.people.models import Role
from cncd.foundation.places.actions import load_tree
from cncd.team.programme.cli import programme
from cncd.team.programme.models import Indicator, Measure, Period
from cncd.team.teams.models import Component


def test_the_command_seeds_once_and_opens_the_running_period(cast, november):
    first = CliRunner().invoke(programme, ["seed", "--since", "01/01/2022"])
    assert first.exit_code == 0, first.output
    assert "Đã thêm" in first.output
    assert Indicator.objects.count() == 62
    assert Period.objects.get().code == "2026-11"
    again = CliRunner().invoke(programme, ["seed"])
    assert "Không có gì để thêm" in again.output


def test_the_command_says_what_must_be_loaded_first(db):
    refused = CliRunner().invoke(programme, ["seed"])
    assert refused.exit_code == 1
    assert "đơn vị hành chính" in refused.output


def test_a_new_installation_gets_its_roles_and_components_with_the_programme(db):
    load_tree(tree="2022", province="94", by=None)
    answer = CliRunner().invoke(programme, ["seed"])
    assert answer.exit_code == 0, answer.output
    assert Role.objects.filter(code="district_officer").exists()
    assert Measure.objects.filter(split_of__code="TC04").count() >= Component.objects.count() > 0
