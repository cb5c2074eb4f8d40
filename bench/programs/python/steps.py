"""The same as steps.mjs: turns, the losses that the gate compares, and the median milliseconds of a step."""

import json
import sys
from statistics import median
from time import perf_counter


def settings():
    return json.loads(sys.argv[1])


def tell(result):
    print(json.dumps(result))


def in_turns(run, pace, at_least=1):
    k = 0

    def repeat(times, ms):
        nonlocal k
        found = []
        start = perf_counter()
        while len(found) < times or 1000 * (perf_counter() - start) < ms:
            before = perf_counter()
            result = run(k)
            found.append((1000 * (perf_counter() - before), result))
            k += 1
        return found

    warm_up = None
    timed = []
    for _ in sys.stdin:
        if warm_up is None:
            warm_up = [result for _, result in repeat(at_least, pace["warmUpMs"])]
        else:
            repeat(1, 0)
            timed += repeat(pace["minSteps"], pace["turnMs"])
        print("turn", flush=True)
    return warm_up, timed


def time_steps(step, pace):
    gate_steps = pace["gateSteps"]
    warm_up, timed = in_turns(step, pace, gate_steps)
    return {
        "value": median(ms for ms, _ in timed),
        "checks": {
            "loss at step 1": float(warm_up[0]),
            f"loss at step {gate_steps}": float(warm_up[gate_steps - 1]),
        },
        "steps": {"warmUp": len(warm_up), "timed": len(timed)},
    }
