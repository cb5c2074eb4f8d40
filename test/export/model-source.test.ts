import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type AnyNetwork, toPyTorch } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { modelSource, trace } from "#internal/export";
import { expectAnswer, exported, redraw } from "./both-sides.ts";
import { inPyTorch } from "./in-pytorch.ts";
import { ownNetworks } from "./own-networks.ts";
import { needsPython } from "./python.ts";

const rng = random(7);

const mlp = `"""Mlp in PyTorch, written by chalk-and-tape."""

from torch import nn


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.layer1 = nn.Linear(784, 256)
        self.layer2 = nn.Linear(256, 64)
        self.layer3 = nn.Linear(64, 10)
        self.relu1 = nn.ReLU()
        self.relu2 = nn.ReLU()

    def forward(self, x):
        x = self.flatten(x)
        x = self.layer1(x)
        x = self.relu1(x)
        x = self.layer2(x)
        x = self.relu2(x)
        return self.layer3(x)


def network():
    return Mlp()
`;

describe("Python for PyTorch", function () {
  this.timeout(120_000);
  const own = ownNetworks();

  it("the whole file of Mlp, from both sides", () => {
    expect(toPyTorch(new manual.Mlp({ rng }), [1, 784]).source).to.equal(mlp);
    expect(toPyTorch(new autograd.Mlp({ rng }), [1, 784]).source).to.equal(mlp);
  });

  it("only options that differ from the defaults, by PyTorch's names", () => {
    const lines = (part: AnyNetwork, ...shape: number[]): string =>
      modelSource(trace(part, shape)).split("def network():\n    return ")[1]?.trim() ?? "";
    const { Conv2d, Softmax, Dropout, LayerNorm, BatchNorm2d, AdaptiveAvgPool2d } = autograd;
    expect(lines(new Conv2d(3, 8, [3, 5], { padding: "same", bias: false, rng }), 1, 3, 8, 8)).to.equal(
      'nn.Conv2d(3, 8, (3, 5), padding="same", bias=False)',
    );
    expect(lines(new Softmax(1), 2, 3)).to.equal("nn.Softmax(dim=1)");
    expect(lines(new Dropout(0.25, { rng }), 2, 3)).to.equal("nn.Dropout(p=0.25)");
    expect(lines(new Dropout(0.5, { rng }), 2, 3)).to.equal("nn.Dropout()");
    expect(lines(new LayerNorm([3, 4], { eps: 1e-6 }), 2, 3, 4)).to.equal("nn.LayerNorm((3, 4), eps=1e-6)");
    expect(lines(new BatchNorm2d(2, { momentum: null }), 2, 2, 3, 3)).to.equal(
      "nn.BatchNorm2d(2, momentum=None)",
    );
    expect(lines(new AdaptiveAvgPool2d([2, null]), 1, 2, 3, 3)).to.equal("nn.AdaptiveAvgPool2d((2, None))");
    expect(
      lines(new autograd.Sequential(new autograd.Linear(2, 3, { rng }), new autograd.ReLU()), 1, 2),
    ).to.equal("nn.Sequential(nn.Linear(2, 3), nn.ReLU())");
  });

  it("ResNet's stages as a reader would write them, each block's class once", () => {
    const { source } = toPyTorch(new manual.ResNet20({ rng, width: 1 / 8 }), [1, 3, 8, 8]);
    expect(source.match(/^class \w+/gm)).to.deep.equal([
      "class PadShortcut",
      "class BasicBlock",
      "class ResNet20",
    ]);
    expect(source).to.include(`
        self.layer2 = nn.Sequential(
            BasicBlock(2, 4, stride=2, shortcut="A"),
            BasicBlock(4, 4, shortcut="A"),
            BasicBlock(4, 4, shortcut="A"),
        )
`);
  });

  it("one's own class: names that are needed later stay, shared parts are one part", () => {
    const student = own.find(({ title }) => title === "student's class on tape");
    const source = modelSource(trace(student?.networks[0] as AnyNetwork, [1, 4]));
    expect(source).to.include(`class StudentOnTape(nn.Module):
    def __init__(self):
        super().__init__()
        self.relu = nn.ReLU()
        self.hidden_layers = nn.ModuleList([
            nn.Linear(4, 4),
            nn.Linear(4, 4),
            nn.Linear(4, 4),
        ])
        self.drop = nn.Dropout(p=0.3)

    def forward(self, x):
        y = self.hidden_layers[0](x)
        y = self.relu(y)
        y = y + x
        z = self.hidden_layers[1](y)
        z = self.relu(z)
        z = z + y
        y = self.hidden_layers[2](z)
        y = self.relu(y)
        y = y + z
        y = y - 0.5
        y = torch.relu(y)
        y = self.drop(y)
        y = y * -2
        x = torch.exp(x)
        x = x + 1
        return y / x
`);
  });

  it("a layer or an array in two places is one in PyTorch too", () => {
    const [network] = own.find(({ title }) => title === "shared layers and arrays")?.networks ?? [];
    const source = modelSource(trace(network as AnyNetwork, [1, 4]));
    expect(source).to.include(`
        self.blocks = nn.Sequential(
            nn.ReLU(),
            nn.Linear(4, 4),
            nn.ReLU(),
            Residual(nn.Linear(4, 4)),
        )
`);
    expect(source).to.include(`
def network():
    model = Tied()
    model.again = model.first  # one layer in two places
    model.blocks[1] = model.first  # one layer in two places
    model.blocks[3].main = model.first  # one layer in two places
    model.decoder.weight = model.first.weight  # one array in two places
    return model
`);
  });

  it("classes of one name are numbered, equal ones written once", () => {
    for (const title of ["classes of one name on tape", "classes of one name in chalk"]) {
      const [network] = own.find((one) => one.title === title)?.networks ?? [];
      const source = modelSource(trace(network as AnyNetwork, [1, 4]));
      expect(source.match(/^class \w+/gm)).to.deep.equal(["class Block", "class Block2", "class Block3"]);
      expect(source).to.include("nn.Sequential(Block(), Block2(), Block3(), Block())");
    }
  });

  it("a part that is called twice with other steps is refused", () => {
    class Changes extends autograd.Module {
      calls = 0;
      forward(x: autograd.Tensor): autograd.Tensor {
        this.calls += 1;
        return this.calls === 1 ? x.neg() : x.exp();
      }
    }
    const part = new Changes();
    expect(() => toPyTorch(new autograd.Sequential(part, part), [1, 2])).to.throw(
      RangeError,
      "0 (Changes) computes something else in each of its calls",
    );
  });

  it("PyTorch gives the same outputs, keys and parameters, and its weights load back", async function () {
    needsPython(this, "torch", "safetensors.torch");
    for (const { networks } of own) for (const network of networks) redraw(network, random(9));
    const answers = await inPyTorch(own.map(exported));
    for (const [i, pair] of own.entries()) {
      const answer = answers[i];
      if (!answer) throw new Error(`no answer for ${pair.title}`);
      expectAnswer(pair, answer);
      for (const network of pair.networks) {
        const before = bytesOf(network);
        redraw(network, random(10));
        expect(bytesOf(network), pair.title).to.not.deep.equal(before);
        network.loadStateDict(answer.state);
        expect(bytesOf(network), pair.title).to.deep.equal(before);
      }
    }
  });
});

/** The bytes of every array, and its dtype. */
function bytesOf(network: AnyNetwork): [key: string, dtype: string, hex: string][] {
  return Object.entries(network.stateDict()).map(([key, array]) => {
    const { buffer, byteOffset, byteLength } = array.copy().flat();
    return [key, array.dtype, Buffer.from(buffer, byteOffset, byteLength).toString("hex")];
  });
}
