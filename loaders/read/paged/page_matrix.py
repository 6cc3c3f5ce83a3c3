"""Where a point of an object stands on its page: six numbers, as PDF and OFD write them."""

Matrix = tuple[float, float, float, float, float, float]
AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that moves as `inner` does and then as `outer` does.

    >>> times((1, 0, 0, 1, 3, 4), (2, 0, 0, 2, 0, 0))
    (2, 0, 0, 2, 6, 8)
    """
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(place: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point stands.

    >>> moved((2, 0, 0, 2, 1, 1), 3, 4)
    (7, 9)
    """
    a, b, c, d, e, f = place
    return a * x + c * y + e, b * x + d * y + f
