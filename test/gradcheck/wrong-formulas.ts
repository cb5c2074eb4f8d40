import {
  array,
  exp,
  logsumexp,
  type NDArray,
  oneHot,
  type Random,
  random,
  sigmoid,
  sqrt,
  tanh,
} from "chalk-and-tape/np";
import type { Cause, Evidence } from "#internal/gradcheck";

/** A layer or loss with its right dx, and wrong ones as students write them. */
export interface Formula {
  readonly name: string;
  readonly make: (rng: Random) => {
    /** Complete but for `found`. */
    readonly evidence: Omit<Evidence, "found">;
    readonly wrong: readonly (readonly [cause: Cause, says: RegExp, found: NDArray])[];
  };
}

function elementwise(name: string, f: (x: NDArray) => NDArray, slope: (x: NDArray, y: NDArray) => NDArray) {
  return (rng: Random) => {
    const [x, dy] = [rng.normal(0, 1, [4, 5]), rng.normal(0, 1, [4, 5])];
    const y = f(x);
    const right = (upstream: NDArray, at: NDArray): NDArray => upstream.mul(slope(at, f(at)));
    const evidence = {
      quantity: "x",
      expected: right(dy, x),
      dy,
      y,
      inputs: [x],
      right: (u: NDArray, ...at: readonly NDArray[]) => right(u, at[0] ?? x),
    };
    return { name, x, y, dy, evidence };
  };
}

const one = (x: NDArray): NDArray => x.neg().add(1);
const square = (x: NDArray): NDArray => x.mul(x);

/** Batch or layer normalisation with γ and β: the means are over `axis`. */
function normalization(axis: number, eps: number) {
  return (rng: Random) => {
    const shape = [6, 4];
    const [x, dy] = [rng.normal(1, 2, shape), rng.normal(0, 1, shape)];
    const [weight, bias] = [rng.normal(1, 0.5, [4]), rng.normal(0, 1, [4])];
    const mean = (a: NDArray): NDArray => a.mean(axis, true);
    const c = x.sub(mean(x));
    const variance = mean(square(c));
    const std = sqrt(variance.add(eps));
    const xhat = c.div(std);
    const h = dy.mul(weight);
    const n = shape[axis] as number;
    const dx = (dxhat: NDArray, hat: NDArray, s: NDArray): NDArray =>
      dxhat
        .sub(mean(dxhat))
        .sub(hat.mul(mean(dxhat.mul(hat))))
        .div(s);
    const y = xhat.mul(weight).add(bias);
    const evidence = {
      quantity: "x",
      expected: dx(h, xhat, std),
      dy,
      y,
      inputs: [x],
      parameters: new Map([
        ["weight", weight],
        ["bias", bias],
      ]),
      constants: new Map([["eps", eps]]),
    };
    return { x, y, dy, xhat, std, variance, c, h, n, mean, dx, evidence, weight };
  };
}

/** Every family of formulas, with its wrong gradients written out once more, apart from the checker's own. */
export const formulas: readonly Formula[] = [
  {
    name: "tanh",
    make: (rng) => {
      const { x, y, dy, evidence } = elementwise("tanh", tanh, (_, t) => one(square(t)))(rng);
      return {
        evidence,
        wrong: [
          [
            "wrong argument",
            /dx is dy · \(1 − x²\).*with x; it belongs to y.*dy · \(1 − y²\)/,
            dy.mul(one(square(x))),
          ],
          ["wrong derivative", /dx is dy · \(1 − y\): this layer's derivative is 1 − y²/, dy.mul(one(y))],
          ["wrong derivative", /dx is dy · \(1 \+ y²\)/, dy.mul(square(y).add(1))],
          ["extra factor", /the right one times x, element by element/, evidence.expected.mul(x)],
          ["extra factor", /the right one times y/, evidence.expected.mul(y)],
          ["extra factor", /the right one times dy.*enters once/, evidence.expected.mul(dy)],
          ["wrong argument", /taken at y|used with y/, dy.mul(one(square(tanh(y))))],
        ],
      };
    },
  },
  {
    name: "sigmoid",
    make: (rng) => {
      const { x, y, dy, evidence } = elementwise("sigmoid", sigmoid, (_, s) => s.mul(one(s)))(rng);
      return {
        evidence,
        wrong: [
          ["wrong argument", /dx is dy · \(x \(1 − x\)\)/, dy.mul(x.mul(one(x)))],
          ["wrong derivative", /dx is dy · y: this layer's derivative is y \(1 − y\)/, dy.mul(y)],
          ["wrong derivative", /dx is dy · \(1 − y\)/, dy.mul(one(y))],
          ["wrong derivative", /dx is dy · \(1 − y²\)/, dy.mul(one(square(y)))],
        ],
      };
    },
  },
  {
    name: "a function without a textbook derivative",
    make: (rng) => {
      const cube = (x: NDArray): NDArray => x.mul(x).mul(x).add(x);
      const { x, y, dy, evidence } = elementwise("cube", cube, (z) => square(z).mul(3).add(1))(rng);
      return {
        evidence,
        wrong: [
          ["extra factor", /the right one times x/, evidence.expected.mul(x)],
          ["extra factor", /without the factor x/, evidence.expected.div(x)],
          ["extra factor", /the factor x where y belongs/, evidence.expected.mul(x).div(y)],
          ["wrong derivative", /dx is dy · y: differentiate this layer's forward/, dy.mul(y)],
          ["wrong argument", /dy · f′\(y\): the derivative is taken at y/, dy.mul(square(y).mul(3).add(1))],
          ["unknown", /no known mistake/, dy.mul(square(x).mul(3).add(2))],
        ],
      };
    },
  },
  {
    name: "softmax",
    make: (rng) => {
      const [x, dy] = [rng.normal(0, 1, [3, 4]), rng.normal(0, 1, [3, 4])];
      const y = exp(x.sub(logsumexp(x, 1, true)));
      const s = dy.mul(y).sum(1, true);
      return {
        evidence: { quantity: "x", expected: y.mul(dy.sub(s)), dy, y, inputs: [x] },
        wrong: [
          ["term missing", /dx is y · dy: a term is missing/, y.mul(dy)],
          ["term missing", /only the diagonal/, dy.mul(y).mul(one(y))],
          ["term missing", /a factor in front is missing/, dy.sub(s)],
          ["wrong term", /lacks its weights/, y.mul(dy.sub(dy.sum(1, true)))],
          ["wrong term", /which is for a log-softmax/, dy.sub(y.mul(dy.sum(1, true)))],
          ["wrong count", /a mean where the sum belongs/, y.mul(dy.sub(dy.mul(y).mean(1, true)))],
          ["wrong axis", /the sum along axis 0/, y.mul(dy.sub(dy.mul(y).sum(0, true)))],
          ["wrong axis", /over all elements/, y.mul(dy.sub(dy.mul(y).sum()))],
        ],
      };
    },
  },
  {
    name: "log-softmax",
    make: (rng) => {
      const [x, dy] = [rng.normal(0, 1, [3, 4]), rng.normal(0, 1, [3, 4])];
      const y = x.sub(logsumexp(x, 1, true));
      const p = exp(y);
      return {
        evidence: { quantity: "x", expected: dy.sub(p.mul(dy.sum(1, true))), dy, y, inputs: [x] },
        wrong: [
          ["term missing", /dy alone: a term is missing/, dy],
          ["term missing", /dy − softmax: a factor is missing/, dy.sub(p)],
          ["wrong term", /a weight too many/, dy.sub(p.mul(dy.mul(p).sum(1, true)))],
          ["wrong axis", /along axis 0/, dy.sub(p.mul(dy.sum(0, true)))],
        ],
      };
    },
  },
  ...[0, 1].flatMap((axis) =>
    [1e-5, 0.3].map(
      (eps): Formula => ({
        name: `${axis === 0 ? "batch" : "layer"} normalisation with ε = ${eps}`,
        make: (rng) => {
          const { x, c, h, n, dy, xhat, std, variance, mean, dx, evidence } = normalization(axis, eps)(rng);
          const through = xhat.mul(mean(h.mul(xhat)));
          const root = sqrt(variance);
          const unbiased = sqrt(variance.mul(n / (n - 1)).add(eps));
          const otherMean = (a: NDArray): NDArray => a.mean(1 - axis, true);
          return {
            evidence,
            wrong: [
              ["term missing", /without the terms through μ and σ/, h.div(std)],
              ["term missing", /without the term − mean\(dx̂\)/, h.sub(through).div(std)],
              ["term missing", /without the term − x̂ · mean\(dx̂ x̂\)/, h.sub(mean(h)).div(std)],
              [
                "wrong count",
                /mean\(dx̂\) summed instead of averaged/,
                h.sub(mean(h).mul(n)).sub(through).div(std),
              ],
              [
                "wrong count",
                /its means divided by 24 instead of \d/,
                h
                  .sub(mean(h).mul(n / 24))
                  .sub(through.mul(n / 24))
                  .div(std),
              ],
              [
                "wrong count",
                /mean\(dx̂ x̂\) divided by \d twice/,
                h.sub(mean(h)).sub(through.div(n)).div(std),
              ],
              ["wrong count", /unbiased variance/, dx(h, c.div(unbiased), unbiased)],
              ["epsilon", /ε outside of the root/, dx(h, c.div(root.add(eps)), root.add(eps))],
              ["epsilon", /without ε/, dx(h, c.div(root), root)],
              ["wrong term", /wrong sign at x̂/, h.sub(mean(h)).add(through).div(std)],
              [
                "wrong term",
                /x − μ in place of x̂/,
                h
                  .sub(mean(h))
                  .sub(c.mul(mean(h.mul(c))))
                  .div(std),
              ],
              ["extra factor", /without the factor weight/, dx(dy, xhat, std)],
              [
                "wrong axis",
                new RegExp(`means over axis ${1 - axis}: the means are over axis ${axis}`),
                h
                  .sub(otherMean(h))
                  .sub(xhat.mul(otherMean(h.mul(xhat))))
                  .div(std),
              ],
              ["unknown", /no known mistake/, dx(h, xhat, std).add(x.mul(0.01))],
            ],
          };
        },
      }),
    ),
  ),
  {
    name: "γ of a normalisation",
    make: (rng) => {
      const { x, y, c, dy, xhat, evidence } = normalization(0, 1e-5)(rng);
      const sum = (q: NDArray): NDArray => dy.mul(q).sum(0);
      return {
        evidence: { ...evidence, quantity: "weight", expected: sum(xhat) },
        wrong: [
          ["extra factor", /dWeight is Σ dy: weight meets x̂ in forward/, dy.sum(0)],
          ["extra factor", /dWeight is Σ dy · y/, sum(y)],
          ["extra factor", /dWeight is Σ dy · x:/, sum(x)],
          ["extra factor", /dWeight is Σ dy · \(x − μ\)/, sum(c)],
        ],
      };
    },
  },
  {
    name: "cross entropy",
    make: (rng) => {
      const x = rng.normal(0, 1, [5, 4]);
      const target = array([2, 0, 3, 1, 2]);
      const [p, t] = [exp(x.sub(logsumexp(x, 1, true))), oneHot(target, 4)];
      const dy = rng.normal(0, 1, []);
      const scaled = (d: NDArray): NDArray => d.mul(dy).div(5);
      return {
        evidence: {
          quantity: "x",
          expected: scaled(p.sub(t)),
          dy,
          y: rng.normal(0, 1, []),
          inputs: [x, target],
          lengths: [
            { name: "N, the batch", length: 5 },
            { name: "the length of x's axis 1", length: 4 },
            { name: "the number of elements of x", length: 20 },
          ],
        },
        wrong: [
          ["term missing", /softmax\(x\), without − the one-hot target/, scaled(p)],
          ["term missing", /without softmax\(x\)/, scaled(t.neg())],
          ["term missing", /without the softmax/, scaled(x.sub(t))],
          ["wrong term", /softmax · \(1 − softmax\)/, scaled(p.sub(t).mul(p).mul(one(p)))],
          ["wrong axis", /along axis 0, over the batch/, scaled(exp(x.sub(logsumexp(x, 0, true))).sub(t))],
          [
            "factor 1/N",
            /divided by 4 = the length of x's axis 1.*all 20 elements where only the rows count/,
            scaled(p.sub(t)).div(4),
          ],
          ["factor N", /times 5 = N, the batch/, scaled(p.sub(t)).mul(5)],
          ["wrong count", /over 4 elements instead of 3/, scaled(p.sub(t)).mul(3 / 4)],
          ["other factor", /= 1 \/ ln 2, everywhere: a logarithm to base 2/, scaled(p.sub(t)).div(Math.LN2)],
        ],
      };
    },
  },
];

/** The same seed for evidence and wrong gradients. */
export function made({ make }: Formula, seed: number): ReturnType<Formula["make"]> {
  return make(random(seed));
}
