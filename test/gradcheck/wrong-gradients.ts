import { type NDArray, ones, type Random, random } from "chalk-and-tape/np";
import type { Cause, Evidence } from "#internal/gradcheck";

/** A Linear x (N, D) → y (N, M) and a ReLU on y, now and at an earlier forward, with everything that a diagnosis may look at. */
export interface Situation {
  readonly n: number;
  readonly x: NDArray;
  readonly weight: NDArray;
  readonly dy: NDArray;
  readonly rng: Random;
  /** Complete evidence but for `found`. */
  readonly of: Readonly<Record<"weight" | "bias" | "x" | "relu", Omit<Evidence, "found">>>;
}

export function situation(seed: number, [n, d, m]: readonly [number, number, number]): Situation {
  const rng = random(seed);
  const [x, before] = [rng.normal(0, 1, [n, d]), rng.normal(0, 1, [n, d])];
  const [dy, dyBefore] = [rng.normal(0, 1, [n, m]), rng.normal(0, 1, [n, m])];
  const weight = rng.normal(0, 1, [m, d]);
  const lengths = [
    { name: "N, the batch", length: n },
    { name: "D, the inputs", length: d },
    { name: "M, the outputs", length: m },
  ];
  const gradients = {
    weight: (u: NDArray, v: NDArray): NDArray => u.T.matmul(v),
    bias: (u: NDArray, _v: NDArray): NDArray => u.sum(0),
    x: (u: NDArray, _v: NDArray): NDArray => u.matmul(weight),
    relu: (u: NDArray, v: NDArray): NDArray => u.mul(v.matmul(weight.T).greater(0)),
  };
  const evidence = (key: keyof typeof gradients): Omit<Evidence, "found"> => {
    const right = gradients[key];
    const situations = {
      forOnes: right(ones(dy.shape), x),
      forEarlier: right(dy, before),
      afterTwo: right(dyBefore, before).add(right(dy, x)),
    };
    const turned = key === "x" && d === m ? { forTransposed: dy.matmul(weight.T) } : {};
    const quantity = key === "relu" ? "x" : key;
    return { quantity, expected: right(dy, x), dy, lengths, ...situations, ...turned };
  };
  const of = { weight: evidence("weight"), bias: evidence("bias"), x: evidence("x"), relu: evidence("relu") };
  return { n, x, weight, dy, rng, of };
}

type Shape = readonly [number, number, number];
/** A wrong gradient: what is wrong, its cause, in which shapes it can be told, and how to make it. */
export interface WrongGradient {
  readonly cause: Cause;
  readonly what: string;
  readonly shapes: readonly Shape[];
  readonly make: (s: Situation) => Evidence;
  /** The sentence that a student should read. */
  readonly says: RegExp;
}

const plain: readonly Shape[] = [[4, 5, 3], [6, 3, 7], [7, 4, 4], [5, 5, 5]]; // biome-ignore format: a table
const square: readonly Shape[] = [[6, 4, 4], [3, 3, 3], [5, 7, 7]]; // biome-ignore format: a table
type Key = keyof Situation["of"];

function wrong(
  cause: Cause,
  what: string,
  key: Key,
  says: RegExp,
  found: (right: NDArray, s: Situation) => NDArray,
  shapes: readonly Shape[] = plain,
): WrongGradient {
  return { cause, what, shapes, says, make: (s) => ({ ...s.of[key], found: found(s.of[key].expected, s) }) };
}

function rolled(x: NDArray): NDArray {
  const rows = Array.from({ length: x.shape[0] as number }, (_, i) => (i + 1) % (x.shape[0] as number));
  const copy = x.copy();
  for (const [i, from] of rows.entries())
    copy
      .slice([i, i + 1])
      .flat()
      .set(x.slice([from, from + 1]).flat());
  return copy;
}

export const wrongGradients: readonly WrongGradient[] = [
  wrong(
    "factor N",
    "dW times N",
    "weight",
    /^dWeight is the right one times \d = N, the batch.*: where forward takes a mean/,
    (g, s) => g.mul(s.n),
  ),
  wrong("factor N", "dx times N", "x", /^dx is the right one times \d = N, the batch/, (g, s) => g.mul(s.n)),
  wrong(
    "factor 1/N",
    "dW averaged",
    "weight",
    /divided by \d = N, the batch.*lecture's slide does; here the 1\/N is in the loss.*Sum over the batch/,
    (g, s) => g.div(s.n),
  ),
  wrong("factor 1/N", "db averaged", "bias", /use sum\(0\), not mean\(0\)/, (_, s) => s.dy.mean(0)),
  wrong("factor 2", "dW twice", "weight", /times 2/, (g) => g.mul(2)),
  wrong("factor 2", "dx halved", "x", /divided by 2/, (g) => g.div(2)),
  wrong("sign", "dW", "weight", /wrong sign.*minus/, (g) => g.neg()),
  wrong("sign", "db", "bias", /wrong sign/, (g) => g.neg()),
  wrong("sign", "relu", "relu", /wrong sign/, (g) => g.neg()),
  wrong(
    "transposed",
    "dW square",
    "weight",
    /transpose of the right one.*matmul/,
    (_, s) => s.x.T.matmul(s.dy),
    square,
  ),
  wrong("transposed", "dW of another shape", "weight", /transpose/, (_, s) => s.x.T.matmul(s.dy), [
    [4, 5, 3],
    [3, 2, 6],
  ]),
  wrong(
    "transposed",
    "dW brought into shape",
    "weight",
    /reshape does not swap axes/,
    (g, s) => s.x.T.matmul(s.dy).reshape(g.shape),
    [
      [4, 5, 3],
      [3, 2, 6],
    ],
  ),
  wrong("transposed", "W in dx", "x", /dx = dy W, without \.T/, (_, s) => s.dy.matmul(s.weight.T), square),
  wrong("not summed", "db = dy", "bias", /shape \(\d, \d\).*sums over it: \.sum\(0\)/, (_, s) => s.dy),
  wrong("not summed", "db of one sample", "bias", /element 0 of dy along axis 0 alone/, (_, s) =>
    s.dy.slice(0),
  ),
  wrong("not summed", "db summed over the wrong axis", "bias", /summed over axis 1.*use \.sum\(0\)/, (_, s) =>
    s.dy.sum(1),
  ),
  wrong("mask", "no mask", "relu", /dy itself: the mask of forward.*missing/, (_, s) => s.dy),
  wrong("mask", "mask the wrong way round", "relu", /wrong way round/, (g, s) => s.dy.sub(g)),
  wrong("mask", "mask of dy", "relu", /except for the mask/, (_, s) => s.dy.mul(s.dy.greater(0))),
  wrong("mask", "too much masked", "relu", /are 0 and should not be/, (g) => masked(g)),
  wrong("permuted rows", "dW's rows", "weight", /rows in another order/, (g) => rolled(g)),
  wrong("permuted rows", "dx's rows", "x", /rows in another order: shifted by 1/, (g) => rolled(g)),
  wrong("permuted rows", "dx's columns", "x", /columns in another order/, (g) => rolled(g.T).T),
  wrong("permuted rows", "db's elements", "bias", /elements in another order/, (g) => rolled(g)),
  wrong("upstream ignored", "dW", "weight", /ignores the dy/, (_, s) => ones(s.dy.shape).T.matmul(s.x)),
  wrong(
    "mask returned",
    "relu",
    "relu",
    /the mask itself, 0 or 1.*ignores the dy/,
    (_, s) => s.of.relu.forOnes as NDArray,
  ),
  wrong("zero", "dW", "weight", /0 everywhere/, (g) => g.mul(0)),
  wrong("zero", "db", "bias", /0 everywhere/, (g) => g.mul(0)),
  wrong("stale cache", "dW", "weight", /earlier forward/, (_, s) => s.of.weight.forEarlier as NDArray),
  wrong("accumulated", "dW", "weight", /assign the gradient/, (_, s) => s.of.weight.afterTwo as NDArray),
  wrong("accumulated", "db", "bias", /assign the gradient/, (_, s) => s.of.bias.afterTwo as NDArray),
  wrong(
    "derivative missing",
    "dx = dy where nothing is masked",
    "x",
    /dy itself: multiply/,
    (_, s) => s.dy,
    square,
  ),
  wrong("other shape", "flat", "weight", /right numbers in shape \(\d+,\)/, (g) => g.reshape(-1), [
    [4, 5, 3],
    [6, 3, 7],
  ]),
  wrong("other factor", "× 1.0005", "weight", /times 1\.0005, everywhere/, (g) => g.mul(1.0005)),
  wrong("other factor", "× −0.37", "x", /times -0\.37/, (g) => g.mul(-0.37)),
];

/** The last element that is not 0 becomes 0. */
function masked(x: NDArray): NDArray {
  const copy = x.copy();
  const flat = copy.flat();
  flat[flat.findLastIndex((value) => value !== 0)] = 0;
  return copy;
}
