"""The kinds of document, one module each (see `registry.py` and `drawing.py`)."""
