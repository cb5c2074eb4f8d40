import { expect } from "chai";
import { Linear } from "chalk-and-tape/autograd";
import { type AnyNetwork, toOnnx } from "chalk-and-tape/export";
import { array, random } from "chalk-and-tape/np";
import { own } from "./own.ts";

const linear = (from: number, to: number): Linear => new Linear(from, to, { rng: random(1) });

describe("toOnnx refuses", () => {
  const net = own({ a: linear(4, 4) }, ({ a }, x) => a.forward(x));
  const cases: readonly [what: string, run: () => unknown, kind: typeof Error, message: RegExp][] = [
    [
      "an operation that is not in the list, by its name",
      () =>
        toOnnx(
          own({ a: linear(4, 4) }, ({ a }, x) => a.forward(x).pow(2)),
          [2, 4],
        ),
      RangeError,
      /Own cannot be exported: .*computes pow/,
    ],
    [
      "a number that depends on the batch",
      () =>
        toOnnx(
          own({ a: linear(4, 4) }, ({ a }, x) => a.forward(x).div(x.shape[0] as number)),
          [2, 4],
        ),
      RangeError,
      /Own computes otherwise for another number of samples: div of an array and 2 with one, div of an array and 3/,
    ],
    [
      "steps that depend on the batch",
      () =>
        toOnnx(
          own({ a: linear(4, 4) }, ({ a }, x) => (x.shape[0] === 2 ? a.forward(x) : a.forward(x).neg())),
          [2, 4],
        ),
      RangeError,
      /for another number of samples: nothing more with one, neg of an array with the other/,
    ],
    ["an unknown dtype", () => toOnnx(net, [2, 4], { dtype: "int32" as "float32" }), RangeError, /dtype/],
    [
      "an opset that it does not write",
      () => toOnnx(net, [2, 4], { opset: 9 }),
      RangeError,
      /opset is 9, expected .*17/,
    ],
    ["anything but a network", () => toOnnx({} as AnyNetwork, [2, 4]), TypeError, /expected a network/],
    ["inputs that the network refuses", () => toOnnx(net, [2, 5]), Error, /shape/],
  ];
  for (const [what, run, kind, message] of cases) it(what, () => void expect(run).to.throw(kind, message));

  it("and leaves the network as it was", () => {
    const before = JSON.stringify(net);
    expect(() => toOnnx(net, [2, 5])).to.throw();
    toOnnx(net, array([[1, 2, 3, 4]]));
    expect(JSON.stringify(net)).to.equal(before);
    expect(net.training).to.equal(true);
  });
});
