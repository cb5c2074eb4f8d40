"""The same as steps.mjs: the losses that the gate compares, a warm-up, and the median milliseconds of a step."""

import json
import sys
from statistics import median
from time import perf_counter


def settings():
    return json.loads(sys.argv[1])


def tell(result):
    print(json.dumps(result))


def time_steps(step, pace):
    gate_steps = pace["gateSteps"]
    k = 0
    first = last = 0.0
    start = perf_counter()
    while k < gate_steps or 1000 * (perf_counter() - start) < pace["warmUpMs"]:
        loss = step(k)
        if k == 0:
            first = loss
        if k == gate_steps - 1:
            last = loss
        k += 1
    times = []
    start = perf_counter()
    while len(times) < pace["minSteps"] or 1000 * (perf_counter() - start) < pace["measureMs"]:
        before = perf_counter()
        step(k)
        times.append(1000 * (perf_counter() - before))
        k += 1
    return {
        "value": median(times),
        "checks": {"loss at step 1": float(first), f"loss at step {gate_steps}": float(last)},
        "steps": {"warmUp": k - len(times), "timed": len(times)},
    }
