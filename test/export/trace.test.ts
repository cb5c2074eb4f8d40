import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import type { AnyNetwork } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { array, exp, type NDArray, random, subtract, zeros } from "chalk-and-tape/np";
import { type Step, type Traced, trace, type Value } from "#internal/export";

const rng = random(5);
const { Linear, Module, ReLU } = autograd;

/** The steps as text, those inside of a part indented: `layer1: 0 → 1`. */
function textOf(traced: Traced): string[] {
  const numbers = new Map<Value, number>();
  const numberOf = (x: Value | number): string => {
    if (typeof x === "number") return `${x}`;
    if (!numbers.has(x)) numbers.set(x, numbers.size);
    return `#${numbers.get(x)}`;
  };
  const lines = (inner: Traced, indent: string): string[] => {
    const all = inner.steps.flatMap((step: Step) => {
      const inputs = step.inputs.map(numberOf).join(", ");
      const inside = step.kind === "call" && step.inside ? lines(step.inside, `${indent}  `) : [];
      const what = step.kind === "call" ? step.name : `(${step.op})`;
      return [...inside, `${indent}${what}: ${inputs} → ${numberOf(step.output)}`];
    });
    return [...all, `${indent}return ${numberOf(inner.output)}`];
  };
  for (const input of traced.inputs) numberOf(input);
  return lines(traced, "");
}

class OnTape extends Module {
  readonly relu = new ReLU();
  readonly layers = [new Linear(4, 4, { rng }), new Linear(4, 4, { rng })];
  readonly drop = new autograd.Dropout(0.5, { rng });
  forward(x: autograd.Tensor): autograd.Tensor {
    let y = x;
    for (const layer of this.layers) y = this.relu.forward(layer.forward(y));
    y = this.drop.forward(y).add(x).relu().mul(2);
    return subtract(1, exp(y.neg())).reshape(-1, 4);
  }
}
class InChalk extends manual.Layer {
  readonly relu1 = new manual.ReLU();
  readonly relu2 = new manual.ReLU();
  readonly layers = [new manual.Linear(4, 4, { rng }), new manual.Linear(4, 4, { rng })];
  readonly drop = new manual.Dropout(0.5, { rng });
  forward(x: NDArray): NDArray {
    let y = this.relu1.forward((this.layers[0] as manual.Linear).forward(x));
    y = this.relu2.forward((this.layers[1] as manual.Linear).forward(y));
    y = this.drop.forward(y).add(x).mul(2);
    return subtract(1, exp(y.neg())).reshape(-1, 4);
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}

describe("trace", () => {
  it("tells the parts and the arithmetic between them, but nothing inside of the catalogue's layers", () => {
    expect(textOf(trace(new OnTape(), [3, 4]))).to.deep.equal([
      "layers.0: #0 → #1",
      "relu: #1 → #2",
      "layers.1: #2 → #3",
      "relu: #3 → #4",
      "drop: #4 → #5",
      "(add): #5, #0 → #6",
      "(relu): #6 → #7",
      "(mul): #7, 2 → #8",
      "(neg): #8 → #9",
      "(exp): #9 → #10",
      "(sub): 1, #10 → #11",
      "(flatten): #11 → #12",
      "return #12",
    ]);
    expect(textOf(trace(new InChalk(), [3, 4]))).to.deep.equal([
      "layers.0: #0 → #1",
      "relu1: #1 → #2",
      "layers.1: #2 → #3",
      "relu2: #3 → #4",
      "drop: #4 → #5",
      "(add): #5, #0 → #6",
      "(mul): #6, 2 → #7",
      "(neg): #7 → #8",
      "(exp): #8 → #9",
      "(sub): 1, #9 → #10",
      "(flatten): #10 → #11",
      "return #11",
    ]);
  });

  for (const side of [manual, autograd])
    it(`looks into blocks and containers, and makes of each output an array of its own (${side === manual ? "chalk" : "tape"})`, () => {
      const block = new side.BasicBlock(2, 2, { rng });
      const network = new (side.Sequential as new (...parts: unknown[]) => AnyNetwork)(
        new side.Identity(),
        block,
        new (side.Sequential as new () => unknown)(),
        new side.Identity(),
      );
      expect(textOf(trace(network, [1, 2, 3, 3]))).to.deep.equal([
        "0: #0 → #1",
        "  conv1: #1 → #2",
        "  bn1: #2 → #3",
        "  relu1: #3 → #4",
        "  conv2: #4 → #5",
        "  bn2: #5 → #6",
        "  (add): #6, #1 → #7",
        "  relu2: #7 → #8",
        "  return #8",
        "1: #1 → #8",
        "  return #8",
        "2: #8 → #9",
        "3: #9 → #10",
        "return #10",
      ]);
    });

  it("tells an array from the output of a layer that passes it on", () => {
    class Passes extends Module {
      readonly identity = new autograd.Identity();
      forward(x: autograd.Tensor): autograd.Tensor {
        const y = this.identity.forward(x);
        return x.sub(y);
      }
    }
    const expected = ["identity: #0 → #1", "(sub): #0, #1 → #2", "return #2"];
    expect(textOf(trace(new Passes(), [2, 3]))).to.deep.equal(expected);
  });

  it("takes several inputs; a single layer is one call without a name", () => {
    for (const bilinear of [new manual.Bilinear(2, 3, 4, { rng }), new autograd.Bilinear(2, 3, 4, { rng })])
      expect(textOf(trace(bilinear, [5, 2], [5, 3]))).to.deep.equal([": #0, #1 → #2", "return #2"]);
  });

  it("takes a hook that only looks, and one that was removed", () => {
    const layer = new Linear(2, 2, { rng });
    layer.registerForwardHook(() => undefined);
    layer.registerForwardHook((_, __, y) => y.mul(2)).remove();
    expect(trace(new autograd.Sequential(layer), [1, 2]).steps.length).to.equal(1);
  });

  for (const [what, network] of [
    ["chalk", new manual.ResNet20({ rng, width: 1 / 8 })],
    ["tape", new autograd.ResNet20({ rng, width: 1 / 8 })],
    [
      "with dropout",
      new autograd.Sequential(new autograd.Dropout(0.5, { rng }), new autograd.BatchNorm2d(3)),
    ],
    [
      "that is refused",
      new (class extends Module {
        readonly drop = new autograd.Dropout(0.5, { rng });
        readonly norm = new autograd.BatchNorm2d(3);
        forward(x: autograd.Tensor): autograd.Tensor {
          return this.norm.forward(this.drop.forward(x)).sum();
        }
      })(),
    ],
    ["that throws", new autograd.Sequential(new autograd.Dropout(0.5, { rng }), new autograd.BatchNorm2d(4))],
  ] as const)
    it(`leaves a network as it was: ${what}`, () => {
      const parts = partsOf(network);
      for (const [i, part] of parts.entries()) part.training = i % 2 === 0;
      const before = stateOf(network);
      const x = random(6).normal(0, 1, [2, 3, 8, 8]);
      const run = (): Traced => trace(network, x);
      if (what.startsWith("that")) expect(run).to.throw(Error);
      else run();
      expect(stateOf(network)).to.deep.equal(before);
      expect(Object.getOwnPropertyNames(x)).to.not.include("apply");
      for (const part of parts) expect(Object.hasOwn(part, "forward")).to.equal(false);
      for (const [i, part] of parts.entries()) expect(part.training).to.equal(i % 2 === 0);
    });

  it("runs in evaluation mode whatever the mode of the network, and leaves the tape alone", () => {
    const seen: boolean[] = [];
    class Looks extends Module {
      readonly kept: autograd.Tensor[] = [];
      readonly layer = new Linear(2, 2, { rng });
      forward(x: autograd.Tensor): autograd.Tensor {
        const y = this.layer.forward(x);
        this.kept.push(x, y);
        seen.push(this.training, this.layer.training, y.requiresGrad);
        return y;
      }
    }
    const looks = new Looks().train();
    trace(looks, [1, 2]);
    expect(seen).to.deep.equal([false, false, false]);
    expect(looks.kept.map((array) => Object.hasOwn(array, "apply"))).to.deep.equal([false, false]);
  });

  it("has the input's shape and dtype, and draws a batch in the weights' dtype", () => {
    const float32 = new autograd.Linear(2, 2, { rng, dtype: "float32" });
    expect(trace(float32, [3, 2]).inputs).to.deep.equal([{ shape: [3, 2], dtype: "float32" }]);
    expect(trace(float32, [3, 2]).output).to.deep.equal({ shape: [3, 2], dtype: "float32" });
    const indices = new manual.Embedding(4, 2, { rng });
    expect(trace(indices, array([1, 2], { dtype: "int32" })).output.shape).to.deep.equal([2, 2]);
    expect(() => trace(zeros([2]) as never, [1])).to.throw(TypeError, "expected a network");
  });
});

function partsOf(network: AnyNetwork): { training: boolean }[] {
  const found = new Set<{ training: boolean }>();
  const visit = (x: unknown): void => {
    if (Array.isArray(x)) for (const one of x) visit(one);
    if (!(x instanceof manual.Layer || x instanceof autograd.Module) || found.has(x)) return;
    found.add(x);
    for (const value of Object.values(x)) visit(value);
  };
  visit(network);
  return [...found];
}

/** All numbers, modes and streams of a network. */
function stateOf(network: AnyNetwork): string {
  const streams = partsOf(network).map((part) =>
    "rng" in part ? (part.rng as ReturnType<typeof random>).state : null,
  );
  const arrays = Object.entries(network.stateDict()).map(([key, x]) => [key, x.toArray()]);
  return JSON.stringify([arrays, streams, partsOf(network).map(({ training }) => training)]);
}
