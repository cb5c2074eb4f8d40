"""torch.autograd.gradcheck of every parameter of Linear-ReLU-Linear, float64, in microseconds a parameter; without the import."""

from time import perf_counter

import torch
from steps import settings, tell
from torch import nn

torch.set_num_threads(settings()["threads"])
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)).double()
names, values = zip(*model.named_parameters())
x, dy = torch.randn(6, 64, dtype=torch.float64), torch.randn(6, 10, dtype=torch.float64)


def loss(*parameters):
    y = torch.func.functional_call(model, dict(zip(names, parameters)), (x,))
    return (y * dy).sum()


start = perf_counter()
torch.autograd.gradcheck(loss, values)
seconds = perf_counter() - start
parameters = sum(value.numel() for value in values)
tell({"value": 1e6 * seconds / parameters, "parts": {"seconds": seconds, "parameters": parameters}})
