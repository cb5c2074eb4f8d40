import { expect } from "chai";
import {
  type ForwardBackward,
  gradcheck,
  judgeWithPreset,
  type Preset,
  type PresetVerdict,
} from "chalk-and-tape/gradcheck";
import { array, exp, type NDArray, random, zeros } from "chalk-and-tape/np";
import type { Subject } from "#internal/gradcheck";

/** x², of which backward says what it likes. */
function square(dx: (dy: NDArray, x: NDArray) => NDArray): Subject {
  return {
    parameters: new Map(),
    forward: (x) => (x as NDArray).mul(x as NDArray),
    gradients: (dy, x) => {
      const y = (x as NDArray).mul(x as NDArray);
      return { y, gradients: new Map([["x", dx(dy ?? y.mul(0).add(1), x as NDArray)]]) };
    },
  };
}
const right = (dy: NDArray, x: NDArray): NDArray => dy.mul(x).mul(2);
const inputs = (): Map<string, NDArray> => new Map([["x", array([1.5, -2, 0.75])]]);
function judge(preset: Preset, subject: Subject, quantities?: readonly string[]): PresetVerdict {
  return judgeWithPreset(subject, inputs(), preset, random(0), { quantities });
}
const both: readonly Preset[] = ["torch", "cs231n"];

describe("presets: right gradients", () => {
  for (const preset of both) {
    it(`${preset} agrees`, () => {
      const found = judge(preset, square(right));
      expect(found).to.include({ agrees: true, why: "", quantity: "x" });
      expect(found.analytical).to.be.closeTo(found.numerical, 1e-8);
    });

    it(`${preset} leaves inputs and parameters as they were`, () => {
      const [given, weight] = [inputs(), array([3, 4, 5])];
      const before = [given.get("x") as NDArray, weight].map((x) => x.copy().toArray());
      const scaled: Subject = {
        parameters: new Map([["weight", weight]]),
        forward: (x) => (x as NDArray).mul(weight),
        gradients: (dy, x) => ({
          y: (x as NDArray).mul(weight),
          gradients: new Map([
            ["x", (dy as NDArray).mul(weight)],
            ["weight", (dy as NDArray).mul(x as NDArray)],
          ]),
        }),
      };
      const quantities = ["x", "weight"];
      const found = judgeWithPreset(scaled, given, preset, random(0), { quantities });
      expect(found.agrees, found.why).to.equal(true);
      expect([given.get("x") as NDArray, weight].map((x) => x.toArray())).to.deep.equal(before);
    });
  }
});

describe("presets: what both see", () => {
  for (const preset of both) {
    for (const [what, dx] of [
      ["a wrong sign", (dy: NDArray, x: NDArray) => right(dy, x).neg()],
      ["a missing 2", (dy: NDArray, x: NDArray) => dy.mul(x)],
      ["dy ignored", (_dy: NDArray, x: NDArray) => x.mul(2)],
      ["NaN", (dy: NDArray, x: NDArray) => right(dy, x).mul(Number.NaN)],
    ] as const)
      it(`${preset}: ${what}`, () => expect(judge(preset, square(dx)).agrees).to.equal(false));

    it(`${preset}: one wrong element, and which`, () => {
      const one = (dy: NDArray, x: NDArray): NDArray => right(dy, x).mul(array([1, 1.1, 1]));
      expect(judge(preset, square(one))).to.deep.include({ agrees: false, quantity: "x", index: [1] });
    });

    it(`${preset}: a gradient that is missing counts as 0, one of another shape and an error as wrong`, () => {
      const none = { ...square(right), gradients: () => ({ y: zeros([3]), gradients: new Map() }) };
      expect(judge(preset, none, ["x"])).to.include({ agrees: false, analytical: 0 });
      const sum = judge(
        preset,
        square((dy, x) => right(dy, x).sum()),
      );
      expect(sum.why).to.match(/the gradient of x has shape \(\), expected \(3\)/);
      const throws = square(() => {
        throw new TypeError("not written yet");
      });
      expect(judge(preset, throws)).to.include({ agrees: false, why: "TypeError: not written yet" });
    });
  }
});

describe("presets: their limits, as measured on the originals", () => {
  const times = (factor: number): Subject => square((dy, x) => right(dy, x).mul(factor));

  it("torch passes × 1.0009 and fails × 1.0011: rtol 1e-3", () => {
    expect([1.0009, 1.0011].map((f) => judge("torch", times(f)).agrees)).to.deep.equal([true, false]);
  });

  it("cs231n at 1e-4 passes × 1.00019 and fails × 1.00021: |a − n| / (|a| + |n|) is half of it", () => {
    expect([1.00019, 1.00021].map((f) => judge("cs231n", times(f)).agrees)).to.deep.equal([true, false]);
  });

  it("torch passes 0 for a slope of 1e-6: atol 1e-5; cs231n does not", () => {
    const flat: Subject = {
      parameters: new Map(),
      forward: (x) => (x as NDArray).mul(1e-6),
      gradients: (_dy, x) => ({
        y: (x as NDArray).mul(1e-6),
        gradients: new Map([["x", (x as NDArray).mul(0)]]),
      }),
    };
    expect(both.map((preset) => judge(preset, flat).agrees)).to.deep.equal([true, false]);
  });

  it("torch passes dy², since its upstreams are 0 and 1; cs231n does not", () => {
    const squared = square((dy, x) => right(dy, x).mul(dy));
    expect(both.map((preset) => judge(preset, squared).agrees)).to.deep.equal([true, false]);
  });

  it("torch runs backward twice and with zeros; cs231n does neither", () => {
    let runs = 0;
    const restless = square((dy, x) => right(dy, x).mul(1 + 1e-9 * runs++));
    expect(judge("torch", restless).why).to.equal("backward does not repeat");
    expect(judge("cs231n", restless).agrees).to.equal(true);
    const offset = square((dy, x) => right(dy, x).add(1e-6));
    expect(judge("torch", offset).why).to.match(/not multiplied by dy/);
    expect(judge("cs231n", offset).agrees).to.equal(true);
  });

  it("both call 0 wrong at a kink, where |x| has any slope between", () => {
    const kink: Subject = {
      parameters: new Map(),
      forward: (x) => (x as NDArray).mul((x as NDArray).greater(0)),
      gradients: (dy, x) => ({ y: x as NDArray, gradients: new Map([["x", (dy as NDArray).mul(0)]]) }),
    };
    const at = new Map([["x", zeros([2])]]);
    const found = both.map((preset) => judgeWithPreset(kink, at, preset, random(0), { quantities: ["x"] }));
    expect(found.map(({ agrees }) => agrees)).to.deep.equal([false, false]);
  });

  it("some elements of many: as many as asked for", () => {
    let evaluations = 0;
    const counted: Subject = {
      ...square(right),
      forward: (x) => {
        evaluations++;
        return (x as NDArray).mul(x as NDArray);
      },
    };
    judgeWithPreset(counted, inputs(), "cs231n", random(0), { quantities: ["x"], entries: 2 });
    expect(evaluations).to.equal(1 + 2 * 2);
  });
});

describe("gradcheck with a preset", () => {
  const byFactor = (factor: number): ForwardBackward => ({
    forward: (x) => exp(x),
    backward: (dy, x) => [dy.mul(exp(x)).mul(factor)],
  });
  const failed = (factor: number, preset?: Preset): boolean =>
    gradcheck(byFactor(factor), [array([0.3, -1, 2])], { preset, quiet: true }).failed > 0;

  it("judges as the other checker would: 0.09 % too much passes torch, and not us", () => {
    expect([failed(1.0009, "torch"), failed(1.0009, "cs231n"), failed(1.0009)]).to.deep.equal([
      false,
      true,
      true,
    ]);
    expect([failed(1.0011, "torch"), failed(1, "torch"), failed(1, "cs231n")]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it("its report names the rule, and where it is missed", () => {
    const { rows } = gradcheck(byFactor(1.5), [array([0.3, -1, 2])], { preset: "torch", quiet: true });
    expect(rows).to.have.length(1);
    expect(rows[0]?.quantity).to.equal("torch's rule, input 0");
    expect(rows[0]?.worst.analytical).to.be.a("number").and.not.equal(rows[0]?.worst.numerical);
  });
});
