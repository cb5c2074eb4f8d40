import type { NDArray } from "../../np/index.ts";

/**
 * The allowed distance of a row's sum from 1. A float32 softmax over a thousand classes stays below
 * it.
 */
const tolerance = 1e-4;

/**
 * Detects scores that are not logits but probabilities (rows >= 0 that sum to 1) or their
 * logarithms; null for logits. Logits satisfy neither, except by chance, and not in two rows at
 * once.
 */
export function normalized(scores: NDArray): "probabilities" | "log-probabilities" | null {
  const [n = 0, classes = 0] = scores.shape;
  if (scores.ndim !== 2 || classes < 2 || n < 2) return null;
  const flat = scores.flat();
  const everyRow = (value: (x: number) => number): boolean => {
    for (let row = 0; row < n; row++) {
      let sum = 0;
      for (let i = row * classes; i < (row + 1) * classes; i++) {
        const p = value(flat[i] as number);
        if (!(p >= 0 && p <= 1 + tolerance)) return false;
        sum += p;
      }
      if (Math.abs(sum - 1) > tolerance) return false;
    }
    return true;
  };
  if (everyRow((x) => x)) return "probabilities";
  return everyRow(Math.exp) ? "log-probabilities" : null;
}

/**
 * Describes a first loss that is suspiciously high. An untrained classifier should predict 1/C per
 * class, a loss of −log(1/C). Null when the loss is near that or below, as after training.
 * @see Karpathy, "A Recipe for Training Neural Networks", 2019, "verify loss @ init"
 */
export function lossAtStart(loss: number, classes: number): string | null {
  const wanted = Math.log(classes);
  if (!(loss > wanted + Math.max(1.5, wanted))) return null;
  return `the first loss is ${loss.toPrecision(3)}; a network that rates all ${classes} classes equally has −log(1/${classes}) = ${wanted.toPrecision(3)}. This one starts confident and wrong: divide pixels by 255 or standardise the inputs, and start with smaller weights`;
}
