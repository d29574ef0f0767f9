"""Student's t distribution: how far an average of few may lie from the truth."""

import math
from functools import lru_cache


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (Lentz)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 / max(1.0 - (a + b) * x / (a + 1.0), tiny)
    found = d
    for m in range(1, 300):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / (1.0 + top * d or tiny)
            c = 1.0 + top / c or tiny
            found *= c * d
        if abs(c * d - 1.0) < 1e-14:
            break
    return found


def beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), from 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(front + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def beyond(t: float, df: float) -> float:
    """The probability that a t value lies further from 0 than `t`, on either side."""
    return beta_share(df / 2, 0.5, df / (df + t * t))


@lru_cache(maxsize=2048)
def quantile(df: float, confidence: float = 0.95) -> float:
    """How many standard errors an interval reaches to each side; df = 2, 95% → 4,303."""
    low, high = 0.0, 1e3
    for _step in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if beyond(middle, df) > 1 - confidence else (low, middle)
    return (low + high) / 2
