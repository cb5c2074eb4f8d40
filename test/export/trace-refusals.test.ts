import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import type { AnyNetwork } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { array, concatenate, type NDArray, random } from "chalk-and-tape/np";
import { trace } from "#internal/export";

const rng = random(5);
const { Linear, Module } = autograd;
type Tensor = autograd.Tensor;

/** A module of one layer whose forward is this function. */
function own(forward: (x: Tensor, layer: autograd.Linear) => unknown): AnyNetwork {
  return new (class Own extends Module {
    readonly layer = new Linear(4, 4, { rng });
    forward(x: Tensor): Tensor {
      return forward(x, this.layer) as Tensor;
    }
  })();
}

class Scale extends Module {
  readonly scale = autograd.tensor([1, 2, 3, 4], { requiresGrad: true });
  forward(x: Tensor): Tensor {
    return x.mul(this.scale);
  }
}
class ScaleInChalk extends manual.Layer {
  readonly scale = array([1, 2, 3, 4]);
  dScale: NDArray | null = null;
  forward(x: NDArray): NDArray {
    return x.mul(this.scale);
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}
class Shifted extends Linear {
  override forward(x: Tensor): Tensor {
    return super.forward(x).add(1);
  }
}
class ShiftedInChalk extends manual.Linear {
  override forward(x: NDArray): NDArray {
    return super.forward(x).add(1);
  }
}
class Hidden extends Module {
  readonly #weights = new Linear(4, 4, { rng });
  forward(x: Tensor): Tensor {
    return this.#weights.forward(x);
  }
}
class Peeks extends Module {
  readonly parent: { current: autograd.Linear | null } = { current: null };
  forward(x: Tensor): Tensor {
    return (this.parent.current as autograd.Linear).forward(x);
  }
}
const constant = array([1, 2, 3, 4]);
const stored: { y: Tensor | null } = { y: null };

/** Networks that cannot be exported, and what the message says of them, in order. */
const refused: readonly [what: string, network: AnyNetwork, says: readonly string[]][] = [
  ["a layer of one's own with a parameter", new Scale(), ["Scale keeps arrays of its own (scale)"]],
  ["the same in chalk", new ScaleInChalk(), ["ScaleInChalk keeps arrays of its own (scale)"]],
  [
    "the same inside of another network",
    new autograd.Sequential(new Linear(4, 4, { rng }), new Scale()),
    ["Sequential cannot be exported", "1 (Scale) keeps arrays of its own (scale)"],
  ],
  [
    "a subclass of Linear with another forward",
    new autograd.Sequential(new Shifted(4, 4, { rng })),
    ["0 (Shifted) keeps arrays of its own (weight, bias), and computes matmul"],
  ],
  [
    "the same in chalk",
    new manual.Sequential(new ShiftedInChalk(4, 4, { rng })),
    ["0 (ShiftedInChalk) keeps arrays of its own (weight, bias), and computes matmul"],
  ],
  ["a function of np", own((x, layer) => layer.forward(concatenate([x, x]))), ["Own computes concatenate"]],
  ["a sum", own((x, layer) => layer.forward(x).sum(0)), ["Own computes sum"]],
  ["a comparison", own((x, layer) => layer.forward(x).greater(0)), ["Own computes greater"]],
  ["another reshape", own((x, layer) => layer.forward(x).reshape(2, 2, 4)), ["Own computes reshape"]],
  [
    "a constant of one's own",
    own((x, layer) => layer.forward(x).add(constant)),
    ["Own computes add with an array that is not made from its input"],
  ],
  [
    "a constant on the left",
    own((x, layer) => layer.forward(new autograd.Tensor(constant).add(x))),
    ["Own gives layer an array that is not made from its input"],
  ],
  [
    "numbers that were taken out of the array",
    own((x, layer) => layer.forward(new autograd.Tensor(x.data))),
    ["Own gives layer an array that is not made from its input"],
  ],
  [
    "an output that does not depend on the input",
    own(() => new autograd.Tensor(constant)),
    ["Own returns an array that is not made from its input"],
  ],
  ["two outputs", own((x, layer) => [x, layer.forward(x)]), ["Own returns", "only one array"]],
  [
    "a number for a part",
    own((x, layer) => Reflect.apply(layer.forward, layer, [x, 3])),
    ["Own gives layer 3"],
  ],
  [
    "a change in place",
    own((x, layer) => {
      const y = layer.forward(x);
      y.data.addInPlace(constant.reshape(1, 4).broadcastTo([4, 4]).copy());
      return y;
    }),
    ["Own changes an array in place"],
  ],
  ["a layer in a private field", new Hidden(), ["Hidden computes matmul"]],
  [
    "a layer of the network around it",
    ((): AnyNetwork => {
      const [peeks, layer] = [new Peeks(), new Linear(4, 4, { rng })];
      Object.defineProperty(peeks.parent, "current", { value: layer, enumerable: false });
      return new autograd.Sequential(layer, peeks);
    })(),
    ["1 (Peeks) calls a Linear that is not inside of it"],
  ],
  [
    "an array from an earlier part",
    new autograd.Sequential(
      own((x) => {
        stored.y = x.neg();
        return stored.y.mul(2);
      }) as autograd.Module,
      own((x) => x.add(stored.y as Tensor)) as autograd.Module,
    ),
    ["1 (Own) computes add with an array that is not made from its input"],
  ],
  [
    "a hook that changes the output",
    ((): AnyNetwork => {
      const layer = new Linear(4, 4, { rng });
      layer.registerForwardHook((_, __, y) => y.mul(2));
      return new autograd.Sequential(layer);
    })(),
    ["0 (Linear) has a hook, or a forward of its own, that changes its output"],
  ],
  [
    "two problems",
    new autograd.Sequential(
      new Scale(),
      own((x, layer) => layer.forward(x.sum(0)).prod()) as autograd.Module,
    ),
    [
      "0 (Scale) keeps arrays of its own (scale); 1 (Own) computes sum, and computes prod. Use the catalogue's layers",
    ],
  ],
];

describe("what cannot be traced", () => {
  for (const [what, network, says] of refused)
    it(`${what}`, () => {
      let message = "";
      try {
        trace(network, [4, 4]);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        message = error.message;
      }
      expect(message).to.match(/^export: \w+ cannot be exported: /);
      for (const text of says) expect(message).to.include(text);
    });
});
