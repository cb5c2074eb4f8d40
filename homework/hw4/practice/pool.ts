import * as np from "../../../np/index.ts";
import { compile } from "../../checking/compile.ts";
import type { LayerUnderTest } from "../layer-under-test.ts";
import { base, curve, kink, linear, logSoftmax, saving, softmax, tiny } from "./texts.ts";

/** One pair of practice layers: the same text, with a bug and without. */
export interface Practice {
  /** The check's id is `practice-` and this. */
  readonly id: string;
  /** What is wrong with the wrong one; or what is unusual about the right one. */
  readonly title: string;
  /** Whether `practice.ts` shows the wrong layer of the pair, or the right one. */
  readonly shows: "wrong" | "right";
  /** Any one of these; what catches one catches all. */
  readonly variants: readonly { readonly right: string; readonly wrong: string }[];
}

function practice(
  id: string,
  title: string,
  cases: readonly (readonly [text: string, ...edits: (readonly [from: string, to: string])[]])[],
  shows: Practice["shows"] = "wrong",
): Practice {
  return {
    id,
    title,
    shows,
    variants: cases.map(([right, ...edits]) => ({ right, wrong: edits.reduce(edited, right) })),
  };
}

/** @throws Error unless the text has exactly one place for the edit */
function edited(text: string, [from, to]: readonly [string, string]): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`${parts.length - 1} places fit ${JSON.stringify(from)}, expected 1`);
  return parts.join(to);
}

const linearDx = "return dy.matmul(this.parameters.weight.T);";
const curveDx = "return d.mul(this.parameters.scale);";
const logSoftmaxDx = "return dy.sub(np.exp(this.y).mul(dy.sum(1, true)));";
const softmaxDx = "return this.y.mul(dy.sub(dy.mul(this.y).sum(1, true)));";

/** Ten pairs: eight bugs, and two right layers that are unusual. */
export const practiceLayers: readonly Practice[] = [
  practice("factor", "dx has a wrong factor", [
    [linear, [linearDx, "return dy.matmul(this.parameters.weight.T).mul(2);"]],
    [curve, [curveDx, "return d.mul(this.parameters.scale).div(2);"]],
    [logSoftmax, [logSoftmaxDx, "return dy.sub(np.exp(this.y).mul(dy.sum(1, true))).mul(1.5);"]],
  ]),
  practice("mean", "a bias gradient is a mean over the batch", [
    [linear, ["const bias = dy.sum(0);", "const bias = dy.mean(0);"]],
    [curve, ["const shift = d.sum(0);", "const shift = d.mean(0);"]],
  ]),
  practice("ignores-dy", "dx ignores dy", [
    [linear, [linearDx, "return np.onesLike(dy).matmul(this.parameters.weight.T);"]],
    [curve, [curveDx, "return this.y.mul(this.y).neg().add(1).mul(this.parameters.scale);"]],
  ]),
  practice("zeros", "dx is 0 everywhere", [
    [softmax, [softmaxDx, "return np.zerosLike(dy);"]],
    [softmax.replaceAll("[4, 3]", "[3, 4]"), [softmaxDx, "return np.zerosLike(dy);"]],
  ]),
  practice("last-row", "the last row of a parameter's gradient is missing", [
    [linear, ["const bias =", "weight.set(0, -1);\n    const bias ="]],
    [tiny.replaceAll("1e-6", "0.5"), ["const bias =", "weight.set(0, -1);\n    const bias ="]],
  ]),
  practice("adds-up", "the gradients of parameters add up from call to call", [
    [
      linear,
      [
        "this.gradients = { weight, bias };",
        "const { weight: w, bias: b } = this.gradients;\n" +
          "    this.gradients = { weight: w ? w.add(weight) : weight, bias: b ? b.add(bias) : bias };",
      ],
    ],
    [
      curve,
      [
        "this.gradients = { scale, shift };",
        "const { scale: s, shift: t } = this.gradients;\n" +
          "    this.gradients = { scale: s ? s.add(scale) : scale, shift: t ? t.add(shift) : shift };",
      ],
    ],
  ]),
  practice("first-x", "backward remembers the first forward", [
    [
      curve,
      ["y = np.zeros([5, 3]);\n", "y = np.zeros([5, 3]);\n  first: np.NDArray | null = null;\n"],
      [
        "const d = dy.mul(this.y.mul(this.y)",
        "this.first ??= this.y;\n    const d = dy.mul(this.first.mul(this.first)",
      ],
    ],
    [
      logSoftmax,
      ["y = np.zeros([3, 4]);\n", "y = np.zeros([3, 4]);\n  first: np.NDArray | null = null;\n"],
      [logSoftmaxDx, "this.first ??= this.y;\n    return dy.sub(np.exp(this.first).mul(dy.sum(1, true)));"],
    ],
  ]),
  practice("tiny", "all gradients are tiny, and twice the right ones", [
    [tiny, ["dy = dy.mul(1e-6);", "dy = dy.mul(2e-6);"]],
    [tiny.replaceAll("1e-6", "2e-6"), ["dy = dy.mul(2e-6);", "dy = dy.mul(4e-6);"]],
  ]),
  practice(
    "saves-memory",
    "unusual, it uses its memory again",
    [
      [saving, ["this.dx.copyFrom(d.mul(", "this.dx.copyFrom(d.mul(3).mul("]],
      [saving.replaceAll("[5, 3]", "[4, 3]"), ["this.dx.copyFrom(d.mul(", "this.dx.copyFrom(d.mul(2).mul("]],
    ],
    "right",
  ),
  practice(
    "kink",
    "unusual, it is at a kink",
    [
      [kink, [linearDx, "return dy.mul(3).matmul(this.parameters.weight.T);"]],
      [kink.replaceAll("[4, 3]", "[5, 3]"), [linearDx, "return dy.mul(2).matmul(this.parameters.weight.T);"]],
    ],
    "right",
  ),
];

/** This layer, made from its text: what a student reads is what is tested. The text is ours, never a student's. */
export async function practiceLayer(text: string, rng: np.Random): Promise<LayerUnderTest> {
  const code = await compile(`${base}\n${text}`, "practice.ts");
  const make = new Function("np", "rng", `${code}\nreturn new NAME();`);
  return make(np, rng) as LayerUnderTest;
}
