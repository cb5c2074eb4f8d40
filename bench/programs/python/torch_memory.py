"""Epochs of training in PyTorch; the value is the process's largest resident memory in MiB. Images stay bytes, a batch becomes floats."""

import resource
import sys

import torch
from mnist import read
from problem import read_problem
from steps import settings, tell
from torch_models import build

spec = settings()
torch.set_num_threads(spec["threads"])
weights, x, y = read_problem(spec["folder"])
if spec["real"]:
    x, y = (read(spec["root"], f"train-{kind}-ubyte")[: spec.get("limit")] for kind in ["images-idx3", "labels-idx1"])
x, y = torch.tensor(x).flatten(1), torch.tensor(y).long()
network = build(spec["model"], weights)
loss_function = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
checks = {}
for epoch in range(spec["epochs"]):
    total = 0.0
    for start in range(0, len(x), spec["batch"]):
        images = x[start : start + spec["batch"]].float() / 255
        labels = y[start : start + spec["batch"]]
        loss = loss_function(network(images), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total += loss.item() * len(labels)
    checks[f"loss of epoch {epoch + 1}"] = total / len(x)


def peak():
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


tell({"value": peak(), "checks": checks})
