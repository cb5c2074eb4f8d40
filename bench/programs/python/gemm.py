"""How fast a function multiplies two square float32 matrices, in GFLOP/s."""

from statistics import median
from time import perf_counter


def rate(multiply, spec):
    def times(at_least, milliseconds):
        found = []
        start = perf_counter()
        while len(found) < at_least or 1000 * (perf_counter() - start) < milliseconds:
            before = perf_counter()
            multiply()
            found.append(perf_counter() - before)
        return found

    times(1, spec["warmUpMs"])
    return {"value": 2 * spec["size"] ** 3 / (median(times(spec["minSteps"], spec["measureMs"])) * 1e9)}
