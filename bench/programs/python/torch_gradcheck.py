"""torch.autograd.gradcheck of every parameter of a multilayer perceptron, six samples, float64."""

import torch
from steps import settings

spec = settings()
torch.set_num_threads(spec["threads"])
torch.manual_seed(0)
sizes = spec["model"]["sizes"]
shapes = [shape for i in range(1, len(sizes)) for shape in [(sizes[i], sizes[i - 1]), (sizes[i],)]]
parameters = [torch.randn(shape, dtype=torch.float64).mul_(0.1).requires_grad_() for shape in shapes]
x = torch.randn(6, sizes[0], dtype=torch.float64)
dy = torch.randn(6, sizes[-1], dtype=torch.float64)


def scalar(*parameters):
    y = x
    for i in range(0, len(parameters), 2):
        y = torch.nn.functional.linear(y, parameters[i], parameters[i + 1])
        if i + 2 < len(parameters):
            y = torch.relu(y)
    return (y * dy).sum()


torch.autograd.gradcheck(scalar, parameters)
