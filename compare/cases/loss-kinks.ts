import type { Branch } from "../../gradcheck/internal.ts";

/** The absolute error, with PyTorch's convention at its kink. */
export const absoluteError: readonly Branch[] = [
  { where: "x > t", y: "x - t" },
  { where: "x < t", y: "t - x" },
  { where: "x == t", y: "0", slope: "0", why: "PyTorch's torch.nn.L1Loss: sign(0) = 0" },
];

/** A square up to `delta`, then its tangent; both have the same slope where they meet. */
export function huber(delta: number): readonly Branch[] {
  return [
    { where: `abs(x - t) <= ${delta}`, y: "(x - t) ^ 2 / 2" },
    { where: "x > t", y: `${delta} * (x - t - ${delta} / 2)` },
    { y: `${delta} * (t - x - ${delta} / 2)` },
  ];
}

/** The Huber loss divided by `beta`, so that its outer slopes are ±1. */
export function smoothL1(beta: number): readonly Branch[] {
  return huber(beta).map(({ where, y }) => ({ ...(where && { where }), y: `(${y}) / ${beta}` }));
}

/** The distance of alike pairs, and max(0, margin − distance) of different ones, with PyTorch's convention at the kink. */
export function hingeEmbedding(margin: number): readonly Branch[] {
  return [
    { where: "t > 0", y: "x" },
    { where: `x < ${margin}`, y: `${margin} - x` },
    {
      where: `x == ${margin}`,
      y: "0",
      slope: "-1",
      why: "PyTorch's torch.nn.HingeEmbeddingLoss: clamp passes the gradient at its bound",
    },
    { y: "0" },
  ];
}
