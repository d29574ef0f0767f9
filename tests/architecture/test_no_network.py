"""Tests stay on this machine."""

import socket

import pytest


def test_a_test_that_reaches_out_fails():
    with pytest.raises(AssertionError, match="reached out"), socket.socket() as probe:
        probe.connect(("192.0.2.1", 80))
