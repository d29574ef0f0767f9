from click.testing import CliRunner

from cncd.team.programme.cli import programme
from cncd.team.programme.models import Indicator, Period


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
