import torch
from graphs import measure
from steps import settings, tell

spec = settings()
torch.set_num_threads(spec["threads"])


def backward(end, leaf):
    end.backward()
    return leaf.grad.sum().item()


tell(measure(spec, lambda numbers: torch.tensor(numbers, requires_grad=True), torch.tanh, backward))
