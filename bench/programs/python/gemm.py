"""How fast a function multiplies two square float32 matrices, in GFLOP/s."""

from statistics import median

from steps import in_turns


def rate(multiply, spec):
    _, timed = in_turns(lambda k: multiply(), spec)
    return {"value": 2 * spec["size"] ** 3 / (median(ms for ms, _ in timed) * 1e6)}
