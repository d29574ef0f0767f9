"""PINs a finder would try first, and what a device is called."""

import pytest
from django.utils.translation import override

from cncd.foundation.devices import rules
from cncd.foundation.devices.names import device_name
from cncd.foundation.devices.tests.conftest import SAMSUNG


@pytest.mark.parametrize(
    "pin",
    [
        "0000",
        "1234",
        "4321",
        "567890",
        "098765",
        "1212",
        "123123",
        "1964",
        "2001",
        "5678",
        "345678",
    ],
)
def test_what_a_finder_tries_first_is_weak(pin):
    assert rules.is_weak(pin, "0912345678")


@pytest.mark.parametrize("pin", ["7294", "80351", "190364", "2468", "3000"])
def test_others_will_do(pin):
    assert not rules.is_weak(pin, "0912345678", "")


def test_only_the_network_of_an_address_is_kept():
    assert rules.network("113.161.77.201") == "113.161.77.0"
    assert rules.network("2405:4800:1234:5678::9") == "2405:4800:1234::"


@pytest.mark.parametrize(
    ("agent", "model", "name"),
    [
        (SAMSUNG, "", "Điện thoại Samsung, Chrome"),
        (SAMSUNG, "SM-A042F", "Điện thoại Samsung SM-A042F, Chrome"),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120 Mobile Safari", "", "Điện thoại Android,"),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120 Mobile", "K", "Điện thoại Android, Chrome"),
        ("Mozilla/5.0 (Linux; Android 12; CPH2269) Mobile Zalo android", "", "Điện thoại OPPO, Za"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17 Mobile Safari", "", "iPhone, Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/128.0", "", "Máy tính Windows, Firefox"),
        ("curl", "", "Máy không rõ loại"),
    ],
)
def test_a_device_is_called_what_people_call_it(agent, model, name):
    with override("vi"):
        assert device_name(agent, model).startswith(name)
