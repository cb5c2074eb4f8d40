"""Our networks in PyTorch, with the keys of our state dicts."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F


def mlp(model):
    sizes = model["sizes"]
    parts = OrderedDict()
    for i in range(1, len(sizes)):
        parts[f"layer{i}"] = nn.Linear(sizes[i - 1], sizes[i])
        if i < len(sizes) - 1:
            parts[f"relu{i}"] = nn.ReLU()
    return nn.Sequential(parts)


def lenet5(model):
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 6, 5, padding=2),
            relu1=nn.ReLU(),
            pool1=nn.MaxPool2d(2),
            conv2=nn.Conv2d(6, 16, 5),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            flatten=nn.Flatten(),
            fc1=nn.Linear(400, 120),
            relu3=nn.ReLU(),
            fc2=nn.Linear(120, 84),
            relu4=nn.ReLU(),
            fc3=nn.Linear(84, 10),
        )
    )


def cifar_net(model):
    parts = []
    for inputs, outputs in [(3, 32), (32, 64), (64, 128)]:
        parts += [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(
        OrderedDict(features=nn.Sequential(*parts), flatten=nn.Flatten(), classifier=nn.Linear(2048, 10))
    )


class Block(nn.Module):
    """ResNet's, with shortcut A: every other pixel, and channels of zeros around."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride, self.more = stride, (outputs - inputs) // 2
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.more > 0:
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.more, self.more))
        return F.relu(y + x)


def resnet20(model):
    def stage(inputs, outputs, stride):
        return nn.Sequential(Block(inputs, outputs, stride), Block(outputs, outputs, 1), Block(outputs, outputs, 1))

    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 16, 3, padding=1, bias=False),
            bn1=nn.BatchNorm2d(16),
            relu=nn.ReLU(),
            layer1=stage(16, 16, 1),
            layer2=stage(16, 32, 2),
            layer3=stage(32, 64, 2),
            avgpool=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            fc=nn.Linear(64, 10),
        )
    )


def build(model, weights, dtype=torch.float32):
    network = globals()[model["name"].replace("-", "_")](model).to(dtype)
    network.load_state_dict({key: torch.from_numpy(value) for key, value in weights.items()})
    return network
