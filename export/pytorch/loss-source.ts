// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are found by name
import * as autograd from "../../autograd/index.ts";
import { givenArguments, torchKey } from "../../contracts/internal.ts";
import type { Samples } from "../../datasets/index.ts";
import * as manual from "../../manual/index.ts";
import { NDArray } from "../../np/index.ts";
import { pythonArguments } from "./python-arguments.ts";

/** A loss of either side. */
export type AnyLoss = manual.Loss | autograd.Loss;

/** By what a mean divides the sum: the elements of the target, or its rows. */
type Divisor = "elements" | "rows" | "classes";

/** The losses of a prediction and a target, and what a mean over a batch divides by. */
const known = {
  CrossEntropyLoss: "classes",
  NLLLoss: "classes",
  MultiMarginLoss: "rows",
  BCEWithLogitsLoss: "elements",
  BCELoss: "elements",
  MSELoss: "elements",
  L1Loss: "elements",
  HuberLoss: "elements",
  SmoothL1Loss: "elements",
  KLDivLoss: "elements",
  HingeEmbeddingLoss: "elements",
} satisfies Readonly<Record<string, Divisor>>;
type Known = keyof typeof known;

/** The lines of train.py that depend on the loss. */
export interface LossSource {
  /** `nn.CrossEntropyLoss(reduction="sum")`. */
  readonly criterion: string;
  /** The divisor of the loss of a whole batch with the targets `y`; null if losses are sums. */
  readonly divisor: string | null;
  /** A batch of targets as the loss takes it. */
  readonly targets: string;
  /** Which rows of `scores` are right; null if there is no such thing. */
  readonly right: string | null;
}

/** Why PyTorch has no such loss, or train.py cannot divide it among ranks; null if it can. */
export function whyNoTorchLoss(loss: AnyLoss, { y }: Samples): string | null {
  const { name } = loss.constructor;
  const choice = `choose one of ${Object.keys(known).join(", ")}`;
  if (name === "CosineEmbeddingLoss" && isOurs(loss, name))
    return `the loss is ${name}, which compares two outputs, but train.py has one; ${choice}`;
  if (!isOurs(loss, name) || !(name in known))
    return `the loss is ${name}, which has no counterpart in torch.nn; ${choice}`;
  const { reduction } = loss;
  if (reduction === "none")
    return 'the loss has reduction "none", so it is not one number; build it with "mean" or "sum"';
  for (const key of ["weight", "posWeight"] as const) {
    const weight: unknown = Reflect.get(loss, key);
    const perItem = known[name as Known] === "elements" && weight instanceof NDArray;
    if (perItem && weight.ndim === y.ndim && (weight.shape[0] ?? 1) > 1)
      return `the loss's ${key} has a factor for every row of a batch, which differs from rank to rank; give factors that all rows share`;
  }
  return null;
}

function isOurs(loss: AnyLoss, name: string): boolean {
  const [chalk, tape] = [manual[name as Known], autograd[name as Known]];
  return loss.constructor === chalk || loss.constructor === tape;
}

/** What train.py says about a loss that `whyNoTorchLoss` allows. */
export function lossSource(loss: AnyLoss, { x, y }: Samples): LossSource {
  const name = loss.constructor.name as Known;
  const given = Object.entries(givenArguments(loss)?.values ?? {}).filter(([key, value]) => {
    return key !== "reduction" && value !== defaultOf(loss, key);
  });
  const options = Object.fromEntries(given.map(([key, value]) => [torchKey(key), value]));
  const isIndices = known[name] !== "elements" && (y.dtype === "int32" || y.dtype === "uint8");
  const isImage = y === x && y.dtype === "uint8";
  const isSingleLogit = name === "BCEWithLogitsLoss" && y.ndim === 2 && y.shape[1] === 1;
  return {
    criterion: `nn.${name}(${pythonArguments({ ...options, reduction: "sum" })})`,
    divisor: divisorOf(loss, y, isIndices),
    targets: isIndices ? "y.to(device).long()" : `y.to(device, dtype)${isImage ? " / 255" : ""}`,
    right:
      isIndices && y.ndim === 1
        ? "scores.argmax(1) == y"
        : isSingleLogit
          ? "(scores > 0) == (y > 0.5)"
          : null,
  };
}

function defaultOf(loss: AnyLoss, key: string): unknown {
  const { contract } = givenArguments(loss) ?? {};
  return contract?.options[key]?.default;
}

function divisorOf(loss: AnyLoss, y: NDArray, isIndices: boolean): string | null {
  const kind: Divisor = known[loss.constructor.name as Known];
  if (loss.reduction === "sum") return null;
  if (kind === "elements") return loss.reduction === "batchmean" ? "len(y)" : "y.numel()";
  if (kind === "rows") return "len(y)";
  if (!isIndices) return "y.numel() / y.shape[1]"; // rows of probabilities
  const ignored = Number(Reflect.get(loss, "ignoreIndex"));
  const isWeighted = Reflect.get(loss, "weight") instanceof NDArray;
  const counted = y.flat().includes(ignored) ? `y[y != ${ignored}]` : "y";
  return isWeighted ? `criterion.weight[${counted}].sum().item()` : `${counted}.numel()`;
}
