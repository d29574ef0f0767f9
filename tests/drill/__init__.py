"""Faults on purpose, in an order that a seed decides: `make drill`; a few seeds in `make test`."""
