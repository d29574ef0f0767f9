"""What enterprises and unions promised, what they say they did, and where no signal reaches."""

from .connectivity import Gap, Noting, Operator, Signal
from .pledges import Pledge
from .statements import Statement

__all__ = ["Gap", "Noting", "Operator", "Pledge", "Signal", "Statement"]
