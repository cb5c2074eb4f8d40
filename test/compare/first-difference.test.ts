import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { cases } from "chalk-and-tape/compare";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import {
  type AnyLayer,
  type AnyModule,
  differentiableCount,
  drawInputs,
  type FirstDifference,
  firstDifference,
} from "#internal/compare";
import { asAny, networks, partAt, spoil, type Twins } from "./networks.ts";

function ask(twins: Twins, seed: number = 0): FirstDifference | null {
  const rng = random(77 + seed);
  const run = (other: number): { inputs: [NDArray]; dy: NDArray } => ({
    inputs: [twins.x(other)],
    dy: rng.normal(0, 1, twins.y),
  });
  return firstDifference({ ...asAny(twins), ...run(1), earlier: run(2) });
}

const seedsOf = (name: string): number[] =>
  Array.from({ length: name === "Mlp" ? 3 : 20 }, (_, seed) => seed);
const linear = (part: manual.Layer): manual.Linear | null => (part instanceof manual.Linear ? part : null);
const withBias = (part: manual.Layer, f: (g: NDArray) => NDArray | null): void => {
  const layer = linear(part);
  if (layer) layer.dBias = f(layer.dBias as NDArray);
};

describe("firstDifference: nothing parts", () => {
  for (const row of cases.filter(({ optimizer, drawn }) => !optimizer && !drawn)) {
    it(`in ${row.name}: ${row.what}`, () => {
      for (let seed = 0; seed < (row.large ? 2 : 20); seed++) {
        const rng = random(seed);
        const [left, right] = [row.manual(random(seed)), row.autograd(random(seed))];
        const run = () => {
          const inputs = [...drawInputs(row.inputs, rng).values()] as [NDArray, ...NDArray[]];
          const y = row.manual(random(seed)).forward(...inputs);
          return { inputs, dy: rng.normal(0, 1, y.shape) };
        };
        const question = {
          left,
          right,
          ...run(),
          earlier: run(),
          differentiable: differentiableCount(row.inputs),
        };
        expect(firstDifference(question)).to.equal(null);
      }
    });
  }
});

for (const [name, build] of Object.entries(networks)) {
  const { parts } = build(0);
  describe(`firstDifference: one wrong part of ${name}`, () => {
    for (const [position, part] of parts.entries()) {
      const check = (
        change: Parameters<typeof spoil>[3],
        expected: Partial<FirstDifference>,
        says: RegExp,
        method: "forward" | "backward" = "backward",
      ): void => {
        for (const seed of seedsOf(name)) {
          const twins = build(seed);
          spoil(twins.left, part, method, change);
          const found = ask(twins, seed) as FirstDifference;
          expect(found, `seed ${seed}`).to.include({ pass: method, part, blame: "part" });
          for (const [key, value] of Object.entries(expected))
            expect(found[key as keyof FirstDifference], found.text).to.deep.equal(value);
          expect(found.text).to.match(says);
          const agreed = parts.slice(position + 1).toReversed();
          const [first, last] = [agreed[0] ?? "", agreed.at(-1) ?? ""];
          if (method === "backward") expect(found.text.startsWith(first), found.text).to.equal(true);
          if (method === "backward") expect(found.text).to.include(last);
        }
      };
      it(`${part}: dx with the wrong sign`, () => {
        check(
          (right) => (dy) => right(dy).neg(),
          { quantities: ["x"] },
          /dy agrees, dx does not: look at its backward\. dx is the right one with the wrong sign/,
        );
      });
      it(`${part}: a backward that throws, and one that returns nothing`, () => {
        check(() => () => { throw new TypeError("not written yet"); }, {}, /dy agrees, and its backward threw TypeError: not written yet/); // biome-ignore format: one line
        if (position > 0) return; // in the middle the next part throws as well: next test
        check((right) => (dy) => { right(dy); }, { quantities: ["x"] }, /returns no dx/); // biome-ignore format: one line
      });
      it(`${part}: nothing returned, though the part before it then throws`, () => {
        check((right) => (dy) => { right(dy); }, {}, /returns no dx, dx does not/); // biome-ignore format: one line
      });
      it(`${part}: a wrong forward`, () => {
        check(
          (right) => (x) => right(x).mul(1.01),
          { quantities: ["y"] },
          /the input agrees, the output does not/,
          "forward",
        );
        check(() => () => { throw new TypeError("no forward"); }, {}, /forward threw TypeError: no forward/, "forward"); // biome-ignore format: one line
      });
      if (!linear(partAt(build(0).left, part))) continue;
      it(`${part}: db averaged, and missing`, () => {
        const averaged: Parameters<typeof spoil>[3] = (right, owner) => (dy) => {
          const dx = right(dy);
          withBias(owner, (g) => g.div(dy.shape[0] as number));
          return dx;
        };
        check(
          averaged,
          { quantities: ["bias"] },
          /dBias does not.*divided by \d = N, the batch.*use sum\(0\)/,
        );
        const missing: Parameters<typeof spoil>[3] = (right, owner) => (dy) => {
          const dx = right(dy);
          withBias(owner, () => null);
          return dx;
        };
        check(missing, { quantities: ["bias"] }, /dBias is not assigned/);
      });
      it(`${part}: a stale cache and an accumulated gradient, by their names`, () => {
        const stale: Parameters<typeof spoil>[3] = (right, owner) => {
          const seen: NDArray[] = [];
          const forward = owner.forward.bind(owner);
          Object.getPrototypeOf(owner).forward = (x: NDArray) => {
            seen.push(x);
            return forward(x);
          };
          return (dy) => {
            const dx = right(dy);
            (owner as manual.Linear).dWeight = dy.T.matmul(seen[0] as NDArray);
            return dx;
          };
        };
        check(
          stale,
          { quantities: ["weight"] },
          /dWeight is the right one for the input of an earlier forward/,
        );
        const added: Parameters<typeof spoil>[3] = (right, owner) => (dy) => {
          const before = (owner as manual.Linear).dWeight;
          const dx = right(dy);
          const now = (owner as manual.Linear).dWeight as NDArray;
          (owner as manual.Linear).dWeight = before ? before.add(now) : now;
          return dx;
        };
        check(added, { quantities: ["weight"] }, /assign the gradient/);
      });
    }
  });
}

/** A network of the student's own with MlpClassifier's field names, whose backward is written by the test. */
function student(order: (net: manual.MlpClassifier, dy: NDArray) => NDArray): Twins {
  class Mine extends manual.MlpClassifier {
    override backward(dy: NDArray): NDArray {
      return order(this, dy);
    }
  }
  const twins = (networks.MlpClassifier as (seed: number) => Twins)(5);
  return { ...twins, left: new Mine({ rng: random(5) }) };
}
const inOrder = (net: manual.MlpClassifier, names: readonly string[], dy: NDArray): NDArray =>
  names.reduce((d, name) => partAt(net, name).backward(d), dy);
const right = ["layer4", "relu3", "layer3", "relu2", "layer2", "relu1", "layer1"];

describe("firstDifference: the network's own backward", () => {
  for (const [i, dropped] of right.entries()) {
    it(`leaves out ${dropped}`, () => {
      const found = ask(
        student((net, dy) =>
          inOrder(
            net,
            right.filter((name) => name !== dropped),
            dy,
          ),
        ),
      ) as FirstDifference;
      expect(found).to.include({ pass: "backward", part: dropped, blame: "network" });
      expect(found.text).to.match(
        new RegExp(
          `(the backward of ${dropped} is never called|did not begin with ${dropped}).*must be the reverse`,
        ),
      );
      if (i > 0) expect(found.text).to.match(/^layer4.* agrees?; /);
    });
  }
  it("takes two parts in the wrong order", () => {
    const wrong = ["layer4", "relu3", "relu2", "layer3", "layer2", "relu1", "layer1"];
    const found = ask(student((net, dy) => inOrder(net, wrong, dy))) as FirstDifference;
    expect(found).to.include({ part: "layer3", blame: "network" });
    expect(found.text).to.match(
      /^layer4, relu3 agree; the dy of layer3 differs.*the dx of|no part returned.*backward called layer4, relu3, relu2, layer3/,
    );
  });
  it("runs in the order of forward", () => {
    const found = ask(student((net, dy) => inOrder(net, right.toReversed(), dy))) as FirstDifference;
    expect(found).to.include({ part: "layer4", blame: "network" });
    expect(found.text).to.match(
      /did not begin with layer4: backward called layer1; it must be the reverse.*then it threw ShapeError/,
    );
  });
  it("hands the wrong array to a part, or changes it on the way", () => {
    const skipping = student((net, dy) => {
      const d = inOrder(net, right.slice(0, 2), dy);
      net.layer3.backward(d);
      return inOrder(net, right.slice(3), d);
    });
    const found = ask(skipping) as FirstDifference;
    expect(found).to.include({ part: "relu2", blame: "network" });
    expect(found.text).to.equal(
      "layer4, relu3, layer3 agree; the dy of relu2 differs, though everything behind it agrees: it is the dx of relu3; the network's own backward passes it the wrong array",
    );
    const doubled = ask(
      student((net, dy) => inOrder(net, right.slice(4), inOrder(net, right.slice(0, 4), dy).mul(2))),
    ) as FirstDifference;
    expect(doubled).to.include({ part: "layer2", blame: "network" });
    expect(doubled.text).to.match(/^layer4, relu3, layer3, relu2 agree; the dy of layer2 differs/);
  });
  it("returns what it should not, or calls a part twice", () => {
    const found = ask(student((net, dy) => inOrder(net, right, dy).mul(6))) as FirstDifference;
    expect(found).to.include({ part: "", blame: "network" });
    expect(found.text).to.match(
      /^every part agrees, but the network's own result does not: dx differs; .*times 6 = N, the batch/,
    );
    const twice = ask(student((net, dy) => { const dx = inOrder(net, right, dy); net.layer1.backward(net.layer1.forward(dx)); return dx; })) as FirstDifference; // biome-ignore format: one line
    expect(twice.text).to.match(/every part agrees.*backward called .*relu1, layer1, layer1; it must be/);
  });
  it("or its own forward, passes on the wrong array", () => {
    class Mine extends manual.MlpClassifier {
      override forward(x: NDArray): NDArray {
        const y = this.relu2.forward(this.layer2.forward(this.relu1.forward(this.layer1.forward(x))));
        return this.layer4.forward(this.relu3.forward(this.layer3.forward(y.mul(0.5))));
      }
    }
    const twins = (networks.MlpClassifier as (seed: number) => Twins)(5);
    const found = ask({ ...twins, left: new Mine({ rng: random(5) }) }) as FirstDifference;
    expect(found).to.deep.include({ pass: "forward", part: "layer3", blame: "network", quantities: ["x"] });
    expect(found.text).to.match(/^forward: layer1, relu1, layer2, relu2 agree; the input of layer3 differs/);
  });
  it("is not blamed for a part that changes its dy in place where nobody reads it again", () => {
    const twins = (networks.MlpClassifier as (seed: number) => Twins)(5);
    spoil(twins.left, "layer3", "backward", (backward) => (dy) => {
      const dx = backward(dy);
      dy.addInPlace(dy);
      return dx;
    });
    expect(ask(twins)).to.equal(null);
  });
  it("throws by itself", () => {
    const found = ask(student((net, dy) => { inOrder(net, right.slice(0, 2), dy); throw new RangeError("later"); })) as FirstDifference; // biome-ignore format: one line
    expect(found).to.include({ part: "layer3", blame: "network" });
    expect(found.text).to.equal(
      "layer4, relu3 agree; backward threw before it reached layer3: RangeError: later",
    );
  });
});

describe("firstDifference: other shapes of networks", () => {
  class Shared extends manual.Layer {
    readonly layer1: manual.Linear;
    readonly layer2: manual.Linear;
    readonly layer3: manual.Linear;
    readonly layer4: manual.Linear;
    readonly relu: manual.ReLU = new manual.ReLU();
    constructor(seed: number) {
      super();
      const like = new manual.MlpClassifier({ rng: random(seed) });
      ({ layer1: this.layer1, layer2: this.layer2, layer3: this.layer3, layer4: this.layer4 } = like);
    }
    forward(x: NDArray): NDArray {
      const [a, b, c, d, r] = [this.layer1, this.layer2, this.layer3, this.layer4, this.relu];
      return d.forward(r.forward(c.forward(r.forward(b.forward(r.forward(a.forward(x)))))));
    }
    backward(dy: NDArray): NDArray {
      const [a, b, c, d, r] = [this.layer1, this.layer2, this.layer3, this.layer4, this.relu];
      return a.backward(r.backward(b.backward(r.backward(c.backward(r.backward(d.backward(dy)))))));
    }
  }
  it("one ReLU in three places: names the stale cache at the place where it shows first", () => {
    const twins = (networks.MlpClassifier as (seed: number) => Twins)(3);
    const found = ask({ ...twins, left: new Shared(3) }) as FirstDifference;
    expect(found).to.include({ pass: "backward", part: "relu", blame: "part" });
    expect(found.text).to.match(
      /^layer4, relu, layer3 agree; at relu \(ReLU\) dy agrees, dx does not: forward uses relu 3 times, and it remembers only the last call/,
    );
  });
  it("a Sequential in a Sequential is opened", () => {
    const both = <L>(s: new (...l: never[]) => L, parts: (rng: ReturnType<typeof random>) => unknown[][]) => {
      const make = s as unknown as new (...l: unknown[]) => L;
      const [inner, outer] = parts(random(1)) as [unknown[], unknown[]];
      return new make(new make(...inner), ...outer);
    };
    const left = both(manual.Sequential, (rng) => [
      [new manual.Linear(4, 3, { rng }), new manual.Tanh()],
      [new manual.Linear(3, 2, { rng })],
    ]);
    const rightSide = both(autograd.Sequential, (rng) => [
      [new autograd.Linear(4, 3, { rng }), new autograd.Tanh()],
      [new autograd.Linear(3, 2, { rng })],
    ]);
    spoil(left, "layers[0].layers[1]", "backward", () => (dy) => dy);
    const twins: Twins = {
      left,
      right: rightSide,
      parts: [],
      x: (seed) => random(seed).normal(0, 1, [5, 4]),
      y: [5, 2],
    };
    const found = ask(twins) as FirstDifference;
    expect(found.part).to.equal("layers[0].layers[1]");
    expect(found.diagnosis?.cause).to.equal("derivative missing");
  });
  it("a single layer: which gradients agree and which do not", () => {
    const [left, rightSide] = [
      new manual.Linear(5, 3, { rng: random(1) }),
      new autograd.Linear(5, 3, { rng: random(1) }),
    ];
    const layer = {
      left,
      right: rightSide,
      parts: [],
      x: (seed: number) => random(seed).normal(0, 1, [4, 5]),
      y: [4, 3],
    };
    expect(ask(layer)).to.equal(null);
    const { backward } = manual.Linear.prototype;
    left.backward = function (this: manual.Linear, dy: NDArray) {
      const dx = backward.call(this, dy);
      this.dBias = dy.mean(0);
      return dx;
    };
    const found = ask(layer) as FirstDifference;
    expect(found).to.include({ part: "", blame: "part" });
    expect(found.text).to.match(
      /^dBias differs; dWeight and dx agree: look at backward\. dBias is the right one divided by 4 = N, the batch/,
    );
    left.backward = () => undefined as unknown as NDArray;
    expect((ask({ ...layer, left: new (class extends manual.Linear { override backward() { return undefined as unknown as NDArray; } })(5, 3, { rng: random(1) }) }) as FirstDifference).text).to.match(/dWeight, dBias and dx differ \(dWeight, dBias and dx are missing\)/); // biome-ignore format: one line
  });
  it("the lecture's classifier, whose backward takes a label: its weights", () => {
    const row = cases.find(({ name }) => name === "NonlinearClassifier") as (typeof cases)[number];
    class Summed extends manual.NonlinearClassifier {
      override backward(label: NDArray): ReturnType<manual.NonlinearClassifier["backward"]> {
        const [loss, accuracy, dW1, dW2] = super.backward(label);
        return [loss, accuracy, dW1.mul(label.size), dW2];
      }
    }
    const rng = random(4);
    const inputs = [row.inputs.x(rng), row.inputs.target?.(rng) as NDArray] as [NDArray, NDArray];
    const [left, rightSide] = [row.manual(random(2), Summed), row.autograd(random(2))] as [
      AnyLayer,
      AnyModule,
    ];
    const found = firstDifference({
      left,
      right: rightSide,
      inputs,
      dy: rng.normal(0, 1, []),
      batchAxis: 1,
    }) as FirstDifference;
    expect(found.text).to.match(/^net\.dW1 differs; net\.dW2 agrees.*times 6 = N, the batch:/);
  });
});

describe("firstDifference leaves the networks as they were", () => {
  it("also a forward of the object's own, and after a throw", () => {
    const twins = (networks.MlpClassifier as (seed: number) => Twins)(1);
    const net = twins.left as manual.MlpClassifier;
    const own = (x: NDArray): NDArray => manual.ReLU.prototype.forward.call(net.relu2, x);
    net.relu2.forward = own;
    spoil(net, "layer2", "backward", () => () => {
      throw new Error("no");
    });
    const before = [twins.left, twins.right].map((network) =>
      Object.values(network).map((part) => Object.getOwnPropertyNames(part)),
    );
    expect(ask(twins)?.part).to.equal("layer2");
    const after = [twins.left, twins.right].map((network) =>
      Object.values(network).map((part) => Object.getOwnPropertyNames(part)),
    );
    expect(after).to.deep.equal(before);
    expect(net.relu2.forward).to.equal(own);
    expect(Object.hasOwn(net.relu1, "forward")).to.equal(false);
  });
});
