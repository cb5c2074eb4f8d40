import { readFileSync } from "node:fs";
import { expect } from "chai";
import { array, exp, logsumexp, NDArray, sigmoid, where } from "chalk-and-tape/np";

/** How an input is drawn; see test/fixtures/torch/make.py. */
export type Draw =
  | readonly number[]
  | {
      readonly shape: readonly number[];
      readonly seed?: number;
      readonly scale?: number;
      readonly shift?: number;
      readonly as?: string;
      readonly below?: number;
    }
  | {
      readonly numbers: readonly Numeral[];
      readonly shape?: readonly number[];
      readonly as?: "indices";
    };

/** A number of a table or an answer: JSON has no NaN and no infinities, so they are words. */
export type Numeral = number | "NaN" | "Infinity" | "-Infinity";

/** What every case of every table has. */
export interface TorchCase {
  readonly what: string;
}

export interface Answered<Case, Answer> {
  readonly case: Case;
  readonly answer: Answer;
}

/** A table beside what PyTorch answered to it. */
export interface Answers<Case, Answer> {
  readonly madeBy: string;
  readonly answers: Readonly<Record<string, readonly Answered<Case, Answer>[]>>;
}

// From .build/test/torch/.
const folder = new URL("../../../test/fixtures/torch/", import.meta.url);

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), "utf8"));
}

/** What PyTorch answers to the cases of one table. */
export function answersOf<Case extends TorchCase, Answer>(kind: string): Answers<Case, Answer> {
  return read(`answers/${kind}.json`) as Answers<Case, Answer>;
}

/** A change of a table that was not followed by make.py would be compared with old answers. */
export function expectUpToDate(kind: string, { answers }: Answers<TorchCase, unknown>): void {
  const answered = Object.entries(answers).map(([name, found]) => [name, found.map((one) => one.case)]);
  expect(Object.fromEntries(answered), `${kind}.json has changed: run npm run fixtures`).to.deep.equal(
    read(`${kind}.json`),
  );
}

/** Uniform in [−1.5, 1.5), from MurmurHash3's finalizer: make.py's `noise`, equal to the last bit. */
export function noise(shape: readonly number[], seed: number): NDArray {
  const values = Float64Array.from({ length: shape.reduce((product, n) => product * n, 1) }, (_, i) => {
    let h = (i + Math.imul(seed, 0x9e3779b9)) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1) * 1.5;
  });
  return NDArray.from(values, shape);
}

/** make.py's `draw`. */
export function draw(how: Draw, seed: number): NDArray {
  if ("numbers" in how) {
    const values = Float64Array.from(how.numbers, Number);
    const given = NDArray.from(values, how.shape ?? [values.length]);
    return how.as === "indices" ? given.astype("int32") : given;
  }
  const spec = "shape" in how ? how : { shape: how };
  const u = noise(spec.shape, spec.seed ?? seed);
  if (spec.as === "indices" || spec.as === "masked") {
    const indices = u
      .add(1.5)
      .div(3)
      .mul(spec.below as number)
      .astype("int32");
    if (spec.as === "masked") indices.flat()[0] = -100;
    return indices;
  }
  if (spec.as === "signs") return where(u.less(0), array(-1), array(1));
  const x = u.mul(spec.scale ?? 1).add(spec.shift ?? 0);
  switch (spec.as) {
    case undefined:
      return x;
    case "sigmoid":
      return sigmoid(x);
    case "softmax":
      return exp(x.sub(logsumexp(x, 1, true)));
    case "logSoftmax":
      return x.sub(logsumexp(x, 1, true));
    case "abs":
      return where(x.less(0), x.neg(), x);
    case "round":
      return NDArray.from(Float64Array.from(x.add(0.5).flat(), Math.floor), x.shape);
    default:
      throw new RangeError(`draw: "as" is ${spec.as}`);
  }
}

/** Equal to PyTorch's numbers to 1e-9, absolute below 1 and relative above. */
export function expectClose(actual: Iterable<number>, wanted: readonly Numeral[], about: string): void {
  const found = [...actual];
  expect(found.length, `${about}: size`).to.equal(wanted.length);
  for (const [i, value] of wanted.map(Number).entries()) {
    const close = Math.abs((found[i] as number) - value) <= 1e-9 * Math.max(1, Math.abs(value));
    if (!close && !Object.is(found[i], value))
      expect.fail(`${about}[${i}]: ${found[i]}, PyTorch has ${value}`);
  }
}
