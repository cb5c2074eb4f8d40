import { cases } from "../../../compare/index.ts";
import { BCEWithLogitsLoss, CrossEntropyLoss, Mlp, Softmax } from "../../../manual/index.ts";
import { array, exp, log, type NDArray, random } from "../../../np/index.ts";
import type { Computed } from "../definition.ts";

export function librariesLosses(): Computed {
  const losses = new Set(cases.map(({ name }) => name).filter((name) => name.endsWith("Loss"))).size;
  return {
    numbers: { losses },
    verdict: losses > 1 ? "holds" : "not seen here",
    sentence: `This package has ${losses} losses with PyTorch's names, each also written out by hand and compared.`,
  };
}

/** The first whole logit of class 1 at which the slide's gradient is not a number. */
function firstNaN(round: (x: number) => number): number {
  for (let z = 1; z < 100; z++) {
    const y = round(1 / round(1 + round(Math.exp(-z))));
    const slope = round(y * round(1 - y));
    if (Number.isNaN(round(round((y - 1) / slope) * slope))) return z;
  }
  return 100;
}

export function unfusedGradient(): Computed {
  const [double, single] = [firstNaN((x) => x), firstNaN(Math.fround)];
  const fused = new BCEWithLogitsLoss();
  fused.forward(array([double]), array([1]));
  const staysFinite = Number.isFinite(fused.backward().item());
  return {
    numbers: { "first NaN, float64": double, "first NaN, float32": single },
    verdict: double < 100 || single < 100 ? "holds within limits" : "holds",
    sentence: `Right for small logits; 0 / 0 = NaN from logit ${double} on, in float32 from ${single}. The two steps as one ${staysFinite ? "stay finite" : "fail, too"}.`,
  };
}

export function outputIsOneHot(): Computed {
  const logits = new Mlp({ rng: random(0) }).forward(random(1).uniform(0, 1, [1, 28, 28]));
  const p = [...new Softmax(1).forward(logits).flat()];
  const certain = p.filter((x) => x === 0 || x === 1).length;
  return {
    numbers: { outputs: p.length, "probabilities of exactly 0 or 1": certain },
    verdict: certain === p.length ? "holds" : "holds within limits",
    sentence: `The target is one-hot; the output is ${p.length} logits, whose softmax has ${certain} entries of exactly 0 or 1.`,
  };
}

/** −mean over the rows of log softmax(z)[target], in the words of the formula. */
function byFormula(z: NDArray, targets: readonly number[]): number {
  const p = exp(z).div(exp(z).sum(1, true));
  const rows = log(p).toArray() as number[][];
  return -targets.reduce((sum, t, n) => sum + (rows[n]?.[t] ?? Number.NaN), 0) / targets.length;
}

export function crossEntropy(): Computed {
  const [z, targets] = [array([[1, 2, 0.5], [0, -1, 3], [2, 2, 2]]), [1, 0, 2]]; // biome-ignore format: three rows
  const loss = new CrossEntropyLoss();
  const difference = Math.abs(loss.forward(z, array(targets)).item() - byFormula(z, targets));
  const start = loss.forward(array([new Array<number>(10).fill(0)]), array([3])).item();
  const isEqual = difference < 1e-12 && Math.abs(start - Math.log(10)) < 1e-12;
  return {
    numbers: { "loss of ten equal logits": Number(start.toFixed(4)) },
    verdict: isEqual ? "holds" : "not seen here",
    sentence: `The loss ${isEqual ? "is the formula's to 12 digits" : `differs from the formula's by ${difference}`}; ten equal logits cost ln 10 = ${start.toFixed(4)}.`,
  };
}

export function fourTargets(): Computed {
  const logits = array([[1, 2, 0.5]]);
  const targets = {
    "class index": array([1]),
    "float one-hot": array([[0, 1, 0]]),
    "integer one-hot": array([[0, 1, 0]], { dtype: "int32" }),
    "index with a fraction": array([1.5]),
  };
  const accepted = Object.entries(targets)
    .filter(([, target]) => isAccepted(logits, target))
    .map(([name]) => name);
  const refused = Object.keys(targets).filter((name) => !accepted.includes(name));
  return {
    numbers: { targets: Object.keys(targets).length, accepted: accepted.length },
    verdict: accepted.includes("float one-hot") ? "holds within limits" : "holds",
    sentence: `Accepted: ${accepted.join(", ")}; refused: ${refused.join(", ")}. PyTorch 2.13 does the same.`,
  };
}

function isAccepted(logits: NDArray, target: NDArray): boolean {
  try {
    return Number.isFinite(new CrossEntropyLoss().forward(logits, target).item());
  } catch {
    return false;
  }
}
