"""Nanoseconds of an operation in PyTorch, forward or backward, on the graphs of ours/graphs.mjs."""

from statistics import median
from time import perf_counter

import torch
from steps import settings, tell


def scalar(a, b):
    c = a + b
    d = a * b + b**3
    c = c + (c + 1)
    c = c + (c + 1) + (-a)
    d = d + d * 2 + torch.relu(b + a)
    d = d + d * 3 + torch.relu(b - a)
    e = c - d
    f = e**2
    return f / 2 + f**-1 * 10


def chain(x):
    y = x
    for _ in range(100_000):
        y = y * 0.999999 + 0.000001
    return y.sum()


def wide(x):
    return torch.stack([x * i for i in range(10_000)]).sum()


eight = [1, 2, 3, 4, 5, 6, 7, 8]
graphs = {
    "scalar": (scalar, [-4, 2], 26, 100),
    "chain": (chain, [eight], 200_001, 1),
    "wide": (wide, [eight], 10_002, 1),
}
spec = settings()
torch.set_num_threads(spec["threads"])
run, values, operations, repeats = graphs[spec["graph"]]


def leaf(value):
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def once():
    made = [[leaf(value) for value in values] for _ in range(repeats)]
    backward = spec["phase"] == "backward"
    results = [run(*leaves) for leaves in made] if backward else None
    start = perf_counter()
    if backward:
        for result in results:
            result.backward()
    else:
        results = [run(*leaves) for leaves in made]
    ns = (perf_counter() - start) * 1e9 / (repeats * operations)
    return ns, results[0], made[0]


start = perf_counter()
once()
while 1000 * (perf_counter() - start) < spec["warmUpMs"]:
    once()
times = []
start = perf_counter()
while len(times) < spec["minSteps"] or 1000 * (perf_counter() - start) < spec["measureMs"]:
    ns, result, leaves = once()
    times.append(ns)
checks = {"result": result.item()}
if spec["phase"] == "backward":
    checks["gradient"] = leaves[0].grad.sum().item()
tell({"value": median(times), "checks": checks, "samples": len(times)})
