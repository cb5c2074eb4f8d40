export type BlockName =
  | "BasicBlock"
  | "DepthwiseSeparable"
  | "NonlinearClassifier"
  | "PadShortcut"
  | "Residual";

/** The classes of the catalogue that PyTorch does not have and that take arguments, as Python. */
export const blockTexts: Readonly<Record<BlockName, string>> = {
  Residual: `class Residual(nn.Module):
    """y = main(x) + shortcut(x)."""

    def __init__(self, main, shortcut=None):
        super().__init__()
        self.main = main
        self.shortcut = nn.Identity() if shortcut is None else shortcut

    def forward(self, x):
        return self.main(x) + self.shortcut(x)
`,
  PadShortcut: `class PadShortcut(nn.Module):
    """ResNet's option A: every stride-th pixel, and channels of zeros around."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.stride = stride
        more = out_channels - in_channels
        self.before = more // 2
        self.after = more - self.before

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        return functional.pad(x, (0, 0, 0, 0, self.before, self.after))
`,
  BasicBlock: `class BasicBlock(nn.Module):
    """ResNet's block: two 3 x 3 convolutions and a shortcut."""

    def __init__(self, in_channels, out_channels, stride=1, shortcut="B"):
        super().__init__()
        self.conv1 = nn.Conv2d(
            in_channels, out_channels, 3, stride=stride, padding=1, bias=False
        )
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        if stride == 1 and in_channels == out_channels:
            self.downsample = nn.Identity()
        elif shortcut == "A":
            self.downsample = PadShortcut(in_channels, out_channels, stride)
        else:
            self.downsample = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False),
                nn.BatchNorm2d(out_channels),
            )
        self.relu2 = nn.ReLU()

    def forward(self, x):
        y = self.relu1(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return self.relu2(y + self.downsample(x))
`,
  DepthwiseSeparable: `class DepthwiseSeparable(nn.Module):
    """MobileNet's block: each channel is filtered by itself, then pixels are mixed."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(
            in_channels,
            in_channels,
            3,
            stride=stride,
            padding=1,
            groups=in_channels,
            bias=False,
        )
        self.bn1 = nn.BatchNorm2d(in_channels)
        self.relu1 = nn.ReLU()
        self.conv2 = nn.Conv2d(in_channels, out_channels, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.relu2 = nn.ReLU()

    def forward(self, x):
        y = self.relu1(self.bn1(self.conv1(x)))
        return self.relu2(self.bn2(self.conv2(y)))
`,
  NonlinearClassifier: `class NonlinearClassifier(nn.Module):
    """The lecture's NumPy class: y = sigmoid(W [x; 1]) twice; samples are columns."""

    def __init__(self, inputs, hidden, outputs=1):
        super().__init__()
        self.W1 = nn.Parameter(torch.zeros(hidden, inputs + 1))
        self.W2 = nn.Parameter(torch.zeros(outputs, hidden + 1))

    def forward_single_layer(self, W, x):
        one = x.new_ones(1, x.shape[1])
        return torch.sigmoid(W @ torch.cat([x, one]))

    def forward(self, x):
        x = self.forward_single_layer(self.W1, x)
        return self.forward_single_layer(self.W2, x)
`,
};

/** The classes that a block's text uses. */
export const usedBy: Readonly<Partial<Record<BlockName, readonly BlockName[]>>> = {
  BasicBlock: ["PadShortcut"],
};
