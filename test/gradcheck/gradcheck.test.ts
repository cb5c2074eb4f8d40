import { expect } from "chai";
import { type ForwardBackward, type GradcheckOptions, gradcheck as loud } from "chalk-and-tape/gradcheck";
import { array, exp, type NDArray, ones, random, where, zeros } from "chalk-and-tape/np";
import { gradcheck } from "./quiet.ts";

/** y = x Wᵀ + b with W square, so that a transposed gradient has the right shape. */
const affine: ForwardBackward = {
  forward: (x, W, b) => x.matmul(W.T).add(b),
  backward: (dy, x, W) => [dy.matmul(W), dy.T.matmul(x), dy.sum(0)],
};
type Triple = [dx: NDArray, dW: NDArray, db: NDArray];
const rng = random(31);
const inputs: readonly NDArray[] = [[4, 3], [3, 3], [3]].map((shape) => rng.normal(0, 1, shape)); // biome-ignore format: shapes

/** A right backward, and what is done to its gradients. */
function spoiled(
  change: (gradients: Triple, dy: NDArray, inputs: readonly NDArray[]) => NDArray[],
): ForwardBackward {
  return {
    forward: affine.forward,
    backward: (dy, ...all) => change([...affine.backward(dy, ...all)] as Triple, dy, all),
  };
}
const verdicts = (pair: ForwardBackward, options?: GradcheckOptions): string =>
  gradcheck(pair, inputs, options)
    .rows.filter((row) => row.quantity.startsWith("input "))
    .map((row) => row.verdict)
    .join(" ");
const passes = (pair: ForwardBackward, x: readonly NDArray[], options?: GradcheckOptions): boolean =>
  gradcheck(pair, x, options).failed === 0;

const mean: ForwardBackward = {
  forward: (x) => x.mul(x).mean(),
  backward: (dy, x) => [x.mul(2).mul(dy).div(x.size)],
};

describe("gradcheck, the tester tested", () => {
  it("passes a right backward, for many dy", () => {
    for (let seed = 0; seed < 20; seed++) expect(verdicts(affine, { seed })).to.equal("agree agree agree");
    expect(passes(mean, [inputs[0] as NDArray])).to.equal(true);
  });

  const wrong: readonly [string, ForwardBackward, string][] = [
    ["a factor of 1.001 in dx", spoiled(([dx, dW, db]) => [dx.mul(1.001), dW, db]), "disagree agree agree"],
    [
      "a factor of 1 + 1e-4 in dW",
      spoiled(([dx, dW, db]) => [dx, dW.mul(1.0001), db]),
      "agree disagree agree",
    ],
    ["a flipped sign in db", spoiled(([dx, dW, db]) => [dx, dW, db.neg()]), "agree agree disagree"],
    ["a square dW transposed", spoiled(([dx, dW, db]) => [dx, dW.T, db]), "agree disagree agree"],
    [
      "W transposed in dx",
      spoiled(([, dW, db], dy, [, W]) => [dy.matmul((W as NDArray).T), dW, db]),
      "disagree agree agree",
    ],
    [
      "db averaged instead of summed",
      spoiled(([dx, dW], dy) => [dx, dW, dy.mean(0)]),
      "agree agree disagree",
    ],
    [
      "dy replaced by ones",
      { forward: affine.forward, backward: (dy, ...all) => affine.backward(ones(dy.shape), ...all) },
      "disagree disagree disagree",
    ],
    [
      "|dy| instead of dy",
      { forward: affine.forward, backward: (dy, ...all) => affine.backward(dy.mul(dy).pow(0.5), ...all) },
      "disagree disagree disagree",
    ],
    ["one entry wrong by 1e-3", spoiled(([dx, dW, db]) => [dx, dW.add(array([[0, 0, 0], [0, 0, 1e-3], [0, 0, 0]])), db]), "agree disagree agree"], // biome-ignore format: a matrix
    ["zero", spoiled((all) => all.map((g) => zeros(g.shape))), "disagree disagree disagree"],
    [
      "NaN in one entry",
      spoiled(([dx, dW, db]) => [dx, dW, db.mul(array([1, Number.NaN, 1]))]),
      "agree agree disagree",
    ],
    [
      "a gradient of another shape",
      spoiled(([dx, dW, db]) => [dx, dW, db.reshape(1, 3)]),
      "agree agree disagree",
    ],
  ];
  for (const [what, pair, wanted] of wrong) {
    it(`fails ${what}, and nothing else, for every dy`, () => {
      for (let seed = 0; seed < 5; seed++) {
        expect(verdicts(pair, { seed })).to.equal(wanted);
        expect(passes(pair, inputs, { seed })).to.equal(false);
      }
    });
  }
  it("fails a loss whose backward forgets 1/N, or ignores dy", () => {
    const x = [inputs[0] as NDArray];
    const no = (backward: ForwardBackward["backward"]): boolean =>
      passes({ forward: mean.forward, backward }, x);
    expect(no((dy, y) => [y.mul(2).mul(dy)])).to.equal(false);
    expect(no((_dy, y) => [y.mul(2).div(y.size)])).to.equal(false);
  });

  it("the worst index, and the numbers there, are those of the wrong entry", () => {
    const pair = spoiled(([dx, dW, db]) => [dx, dW.add(array([[0, 0, 0], [0, 0, 0.5], [0, 0, 0]])), db]); // biome-ignore format: a matrix
    const { rows } = gradcheck(pair, inputs, { names: ["x", "W", "b"] });
    expect(rows.slice(0, 3).map((row) => row.quantity)).to.deep.equal(["x", "W", "b"]);
    const { worst, maxAbsolute } = rows[1] as (typeof rows)[number];
    expect(worst.index).to.deep.equal([1, 2]);
    expect((worst.analytical as number) - (worst.numerical as number)).to.be.closeTo(0.5, 1e-7);
    expect(maxAbsolute).to.be.closeTo(0.5, 1e-7);
  });
  it("a gradient that is 0 everywhere is vacuous, even if right, and says what to do", () => {
    const dead: ForwardBackward = { forward: (x) => x.mul(0), backward: (dy) => [dy.mul(0)] };
    const result = gradcheck(dead, [array([1, 2])]);
    expect(result.failed).to.equal(1);
    expect(result.rows[0]?.verdict).to.equal("vacuous");
    expect(result.rows[0]?.diagnosis).to.match(/gradient is 0 everywhere.*choose other inputs/);
  });
  it("a check of nothing does not pass", () => {
    expect(passes({ forward: (x) => x, backward: () => [null] }, [array([1])])).to.equal(false);
  });
  it("a wrong slope beside a pole does not pass", () => {
    const log: ForwardBackward = { forward: (x) => x.mul(1).pow(-1), backward: (dy) => [dy.mul(0.5)] };
    for (const x of [-(2 ** -10), 2 ** -10, 2 ** -13])
      expect(passes(log, [array([x])]), `${x}`).to.equal(false);
  });
  it("directions that all cross kinks check nothing, and do not pass; nor does a gradient of another shape", () => {
    const relu: ForwardBackward = {
      forward: (x) => where(x.greater(0), x, 0),
      backward: (dy) => [dy.mul(5)],
    };
    const { rows, failed } = gradcheck(relu, [array([0, 1, -2])], { directional: true });
    expect(failed).to.equal(1);
    expect(rows[0]?.diagnosis).to.match(/nothing to compare .* with: all directions cross kinks/);
    const sum: ForwardBackward = { forward: (x, b) => x.add(b), backward: (dy) => [dy, dy.sum(0, true)] };
    const both = [inputs[0], inputs[2]] as readonly NDArray[];
    expect(passes(sum, both, { directional: true })).to.equal(false);
  });
  it("what a first forward left behind is not believed, though every forward sees the same input", () => {
    let first: NDArray | null = null;
    const stale: ForwardBackward = {
      forward: (x) => {
        first ??= x.copy();
        return x.mul(x);
      },
      backward: (dy) => [dy.mul(first as NDArray).mul(2)],
    };
    expect(passes(stale, [array([1, -2, 0.5])])).to.equal(false);
  });
  it("says what is no array, no list, no function, or one name for two inputs", () => {
    const x = array([1, 2]);
    const loose = gradcheck as (...all: unknown[]) => unknown;
    const of = (y: unknown, dx: unknown): unknown => ({ forward: () => y, backward: () => dx });
    for (const [pair, given, message] of [
      [of(3, [x]), [x], "forward returned 3, expected an NDArray"],
      [of(undefined, [x]), [x], "forward returned undefined, expected an NDArray"],
      [of(x, [undefined]), [x], "backward returned a list with undefined in it"],
      [of(x, [Number.NaN]), [x], "backward returned a list with NaN in it"],
      [of(x, [x]), x, "the inputs are a float64 NDArray of shape (2,), expected a list of arrays"],
      [of(x, [x]), [3], "input 0 is 3, expected an NDArray"],
      [() => x, [x], "got a function, expected { forward, backward } or a layer"],
    ] as const)
      expect(() => loose(pair, given)).to.throw(TypeError, message);
    expect(() => gradcheck(affine, inputs, { names: ["x", "x"] })).to.throw(
      RangeError,
      "the same name: x, x, input 2",
    );
  });
  it("null leaves a constant input out; too few gradients are refused", () => {
    const pair: ForwardBackward = {
      forward: affine.forward,
      backward: (dy, ...all) => [affine.backward(dy, ...all)[0] ?? null, null, null],
    };
    expect(verdicts(pair)).to.equal("agree");
    const few: ForwardBackward = {
      forward: affine.forward,
      backward: (dy, x, W) => affine.backward(dy, x, W).slice(0, 2),
    };
    expect(() => gradcheck(few, inputs)).to.throw(RangeError, /backward returned 2 gradients for 3 inputs/);
  });
  it("a forward or backward that changes an input, or dy, in place fails: the check would follow it", () => {
    const inForward: ForwardBackward = {
      forward: (x) => exp(x.addInPlace(ones([2]), 0.1)),
      backward: (dy, x) => [dy.mul(exp(x))],
    };
    const inBackward: ForwardBackward = {
      forward: (x) => exp(x),
      backward: (dy, x) => [dy.mul(exp(x.addInPlace(ones([2]))))],
    };
    const inDy: ForwardBackward = {
      forward: (x) => x.mul(array([1, 0])),
      backward: (dy) => [dy.copyFrom(dy.mul(array([1, 0])))],
    };
    for (const [pair, name] of [
      [inForward, "input 0"],
      [inBackward, "input 0"],
      [inDy, "dy"],
    ] as const) {
      // biome-ignore format: a table
      const found = gradcheck(pair, [array([1, 2])]).rows.find((row) => row.quantity === "inputs unchanged");
      expect(found?.diagnosis).to.match(new RegExp(`changes an array .* compute a new one .seen in ${name}`));
    }
  });
  it("a backward that gives other numbers the second time, or is not linear in dy, fails", () => {
    let calls = 0;
    const counting: ForwardBackward = {
      forward: (x) => x.mul(x),
      backward: (dy, x) => [dy.mul(x).mul(2 + 1e-13 * calls++)],
    };
    const failed = (pair: ForwardBackward): string[] =>
      gradcheck(pair, [array([1, 2])]).rows.flatMap((r) => (r.verdict === "agree" ? [] : [r.quantity]));
    expect(failed(counting)).to.include("repeatable");
    const squared: ForwardBackward = { forward: (x) => x, backward: (dy) => [dy.mul(dy)] };
    expect(failed(squared)).to.include("linear in dy");
  });
  it("the given arrays are never touched", () => {
    const x = array([1, 2]);
    gradcheck({ forward: (y) => exp(y), backward: (dy, y) => [dy.mul(exp(y))] }, [x]);
    expect([x.toArray(), x.version]).to.deep.equal([[1, 2], 0]);
  });
  it("only float64 is checked; the message names the input and the remedy", () => {
    for (const dtype of ["float32", "int32"] as const)
      expect(() =>
        gradcheck(
          affine,
          [inputs[0] as NDArray, (inputs[1] as NDArray).astype(dtype), inputs[2] as NDArray],
          {
            names: ["x", "W", "b"],
          },
        ),
      ).to.throw(TypeError, `gradcheck: W is ${dtype}; checks need float64: x.astype("float64")`);
  });
  it("entries: so many elements of each input are moved", () => {
    let calls = 0;
    const big: ForwardBackward = {
      forward: (x) => {
        calls += 1;
        return exp(x);
      },
      backward: (dy, x) => [dy.mul(exp(x))],
    };
    const x = random(5).normal(0, 1, [40, 25]);
    expect(passes(big, [x], { entries: 10 })).to.equal(true);
    expect(calls).to.be.within(60, 150);
    const half: ForwardBackward = {
      forward: big.forward,
      backward: (dy, y) => [dy.mul(exp(y)).mul(y.greater(0))],
    };
    expect(passes(half, [x], { entries: 10 }), "a sample finds what is wrong in half of them").to.equal(
      false,
    );
  });
  it("the seed decides dy, and the result repeats", () => {
    const ran = (seed: number) => JSON.stringify(gradcheck(affine, inputs, { seed }));
    expect(ran(3)).to.equal(ran(3));
    expect(ran(3)).to.not.equal(ran(4));
  });
  it("kinks are counted: near one the step shrinks, on one any number between the two slopes is right", () => {
    const relu = (atZero: number): ForwardBackward => ({
      forward: (x) => x.mul(x.greater(0)),
      backward: (dy, x) => [dy.mul(where(x.equal(0), ones(x.shape).mul(atZero), x.greater(0)))],
    });
    const near = gradcheck(relu(0), [array([4e-4, -4e-4, 1, -1])]);
    expect([near.failed, near.kinks]).to.deep.equal([0, 2]);
    for (const [slope, failed] of [
      [0, 0],
      [1, 0],
      [0.5, 0],
      [1.1, 1],
      [-0.1, 1],
      [Number.NaN, 1],
    ] as const) {
      // biome-ignore format: a table
      const on = gradcheck(relu(slope), [array([0, 1])]);
      expect(on.kinks).to.equal(1);
      expect(on.rows[0]?.verdict === "agree" ? 0 : 1, `slope ${slope} at 0`).to.equal(failed);
    }
  });
  it("a forward too noisy to check is not passed: it says that forward must compute in float64", () => {
    const single: ForwardBackward = {
      forward: (x) => exp(x).astype("float32").astype("float64"),
      backward: (dy, x) => [dy.mul(exp(x))],
    };
    const { rows } = gradcheck(single, [array([1, 2])]);
    expect(rows[0]?.verdict).to.equal("disagree");
    expect(rows[0]?.diagnosis).to.match(/too noisy.*float64/);
  });
  it("prints the report, unless quiet; both are the same object", () => {
    const printed: string[] = [];
    const { log } = console;
    console.log = (line: string) => printed.push(line);
    try {
      loud(affine, inputs, { name: "affine", names: ["x", "W", "b"], seed: 7 });
      loud(affine, inputs, { quiet: true });
    } finally {
      console.log = log;
    }
    expect(printed).to.have.length(1);
    expect(printed[0]).to.match(
      /^✓ affine {2}\(x, W, b; largest relative error .*\n6 checks passed \(seed 7\)$/,
    );
  });
  it("names the dtype of a float32 gradient of a float64 input", () => {
    const single: ForwardBackward = {
      forward: (x) => exp(x),
      backward: (dy, x) => [dy.mul(exp(x)).astype("float32")],
    };
    const { rows } = gradcheck(single, [array([1, 2])]);
    expect(rows[0]?.verdict).to.equal("disagree");
    expect(rows[0]?.diagnosis).to.match(/^the gradient of input 0 is float32, expected float64/);
  });
  it("a forward that counts its calls is not repeatable", () => {
    let calls = 0;
    const counting: ForwardBackward = {
      forward: (x) => x.mul(x).add(calls++),
      backward: (dy, x) => [dy.mul(x).mul(2)],
    };
    const { rows } = gradcheck(counting, [array([1, 2])]);
    expect(rows.find(({ quantity }) => quantity === "repeatable")?.diagnosis).to.match(
      /random or counted\. .*this\.rng.* \(seen in y\)/,
    );
  });
});
