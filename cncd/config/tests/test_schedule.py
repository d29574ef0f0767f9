"""What runs by the clock runs from the first minute on, when nothing is loaded yet."""

import pytest
from django.utils.module_loading import import_string

from cncd.config.schedule import SCHEDULE


@pytest.mark.django_db
@pytest.mark.parametrize("job", [each.job for each in SCHEDULE])
def test_a_job_does_no_harm_in_an_empty_installation(job):
    import_string(job).call()
