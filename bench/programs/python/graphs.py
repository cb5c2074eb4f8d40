"""The same graphs as in graphs.mjs, and their times."""

from statistics import median
from time import perf_counter

from steps import in_turns


def scalars(leaf, tanh):
    inputs = neurons = 16
    xs = [leaf(i % 5 / 5 - 0.4) for i in range(inputs)]
    total = first = None
    for j in range(neurons):
        sum_ = leaf(j % 3 / 10)
        for i in range(inputs):
            w = leaf((i + j) % 7 / 7 - 0.4)
            if first is None:
                first = w
            sum_ = sum_ + w * xs[i]
        y = tanh(sum_)
        total = y if total is None else total + y
    return neurons * (2 * inputs + 1) + neurons - 1, total, first


def chain(leaf, tanh):
    x = leaf(1.0)
    y = x
    for _ in range(100_000):
        y = y * 0.99999 + 0.00001
    return 200_000, y, x


def wide(leaf, tanh):
    x = leaf([i / 64 for i in range(64)])
    total = x * 0
    for i in range(1, 10_000):
        total = total + x * (i % 10 / 10_000)
    return 20_000, total.sum(), x


def measure(spec, leaf, tanh, backward):
    """`backward(end, leaf)` gives the sum of the leaf's gradient, or None where there is none."""
    graph = globals()[spec["graph"]]

    def once():
        start = perf_counter()
        operations, end, first = graph(leaf, tanh)
        middle = perf_counter()
        gradient = backward(end, first)
        stop = perf_counter()
        spent = [1e9 * (middle - start) / operations, 1e9 * (stop - middle) / operations if gradient is not None else 0]
        return spent, {"result": float(end), "gradient": "none" if gradient is None else gradient}

    _, timed = in_turns(lambda k: once(), spec)
    found = [result for _, result in timed]
    forward, back = (median(spent[i] for spent, _ in found) for i in range(2))
    return {"value": forward + back, "parts": {"forward": forward, "backward": back}, "checks": found[0][1]}
