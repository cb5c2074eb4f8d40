"""One training step in PyTorch, as its tutorials write it."""

import torch
from problem import read_problem
from steps import settings, tell, time_steps
from torch_models import build

spec = settings()
torch.set_num_threads(spec["threads"])
weights, x, y = read_problem(spec["folder"])
x, y = torch.from_numpy(x), torch.from_numpy(y).long()
network = build(spec["model"], weights)
loss_function = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
batch = spec["batch"]
batches = len(x) // batch


def step(k):
    start = k % batches * batch
    loss = loss_function(network(x[start : start + batch]), y[start : start + batch])
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


tell(time_steps(step, spec))
