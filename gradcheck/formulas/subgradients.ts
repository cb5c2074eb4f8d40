import type { Nested } from "../../np/index.ts";

/** The conventional gradient where there is no derivative. */
export interface Subgradient {
  /** The function as it is written: `maximum(a, b)`. */
  readonly name: string;
  /** The points in question: `a = b`. */
  readonly where: string;
  /** The part of dy that each input receives there. */
  readonly value: string;
  /** Whose convention it is, and who differs. */
  readonly source: string;
  /** Inputs with such points among others, and ∂(Σ y)/∂ each of them. */
  readonly example: { readonly inputs: readonly Nested[]; readonly slopes: readonly Nested[] };
}

/**
 * The written conventions, which both sides follow and by which a gradient at a kink is judged.
 * They are PyTorch's, unless the source says ours. At NaN no comparison holds, so what decides is
 * which condition stands in the formula: x ≤ 0 blocks dy in ReLU, so NaN passes it.
 */
// biome-ignore format: a table
export const subgradients: readonly Subgradient[] = [
  { name: "relu(x)", where: "x = 0", value: "0", source: "PyTorch, torch.nn.ReLU",
    example: { inputs: [[-1, -0, 0, 1e-300, 2]], slopes: [[0, 0, 0, 1, 1]] } },
  { name: "abs(x)", where: "x = 0", value: "0", source: "PyTorch, torch.abs: sign(0) = 0",
    example: { inputs: [[-2, 0, 3]], slopes: [[-1, 0, 1]] } },
  { name: "maximum(a, b)", where: "a = b", value: "dy / 2 to each", source: "PyTorch, torch.maximum",
    example: { inputs: [[1, 2, 5], [4, 2, 3]], slopes: [[0, 0.5, 1], [1, 0.5, 0]] } },
  { name: "minimum(a, b)", where: "a = b", value: "dy / 2 to each", source: "PyTorch, torch.minimum",
    example: { inputs: [[1, 2, 5], [4, 2, 3]], slopes: [[1, 0.5, 0], [0, 0.5, 1]] } },
  { name: "maximum(x, 2)", where: "x = 2", value: "0", source: "ours, so that maximum(x, 0) is ReLU; PyTorch's torch.clamp passes dy",
    example: { inputs: [[1, 2, 3]], slopes: [[0, 0, 1]] } },
  { name: "minimum(x, 2)", where: "x = 2", value: "0", source: "ours, as for maximum; PyTorch's torch.clamp passes dy",
    example: { inputs: [[1, 2, 3]], slopes: [[1, 0, 0]] } },
  { name: "max(x)", where: "several largest", value: "dy / their number to each", source: "PyTorch, torch.max without dim",
    example: { inputs: [[[1, 7, 7], [7, 0, 7]]], slopes: [[[0, 0.25, 0.25], [0.25, 0, 0.25]]] } },
  { name: "min(x)", where: "several smallest", value: "dy / their number to each", source: "PyTorch, torch.min without dim",
    example: { inputs: [[3, 1, 1]], slopes: [[0, 0.5, 0.5]] } },
  { name: "max(x, axis 1)", where: "several largest", value: "dy to the first", source: "PyTorch, torch.max with dim; max pooling",
    example: { inputs: [[[1, 7, 7], [7, 7, 0]]], slopes: [[[0, 1, 0], [1, 0, 0]]] } },
  { name: "min(x, axis 1)", where: "several smallest", value: "dy to the first", source: "PyTorch, torch.min with dim",
    example: { inputs: [[[1, 7, 1], [7, 0, 0]]], slopes: [[[1, 0, 0], [0, 1, 0]]] } },
  { name: "sqrt(x)", where: "x = 0", value: "Infinity, with the sign of dy", source: "PyTorch, torch.sqrt",
    example: { inputs: [[0, 4]], slopes: [[Number.POSITIVE_INFINITY, 0.25]] } },
  { name: "x ** 0", where: "x = 0", value: "0", source: "PyTorch, torch.pow",
    example: { inputs: [[0, 2, -3]], slopes: [[0, 0, 0]] } },
  { name: "x ** p", where: "x = 0, for p ≥ 0", value: "0 to p", source: "PyTorch, torch.pow",
    example: { inputs: [[0, 2], [2, 3]], slopes: [[0, 12], [0, 8 * Math.LN2]] } },
  { name: "leakyRelu(x, 0.1)", where: "x = 0", value: "dy / 10, as for negative x", source: "PyTorch, torch.nn.LeakyReLU; so PReLU",
    example: { inputs: [[-1, -0, 0, 1e-300, 2]], slopes: [[0.1, 0.1, 0.1, 1, 1]] } },
  { name: "elu(x, 2)", where: "x = 0", value: "2 dy, as for negative x", source: "PyTorch, torch.nn.ELU; so SELU",
    example: { inputs: [[-1, 0, 3]], slopes: [[2 * Math.exp(-1), 2, 1]] } },
  { name: "hardtanh(x, -1, 2)", where: "x = −1 and x = 2", value: "0", source: "PyTorch, torch.nn.Hardtanh; its torch.clamp passes dy",
    example: { inputs: [[-3, -1, 0, 2, 4]], slopes: [[0, 0, 1, 0, 0]] } },
  { name: "clip(x, 0, 1)", where: "x = 0 and x = 1", value: "dy", source: "PyTorch, torch.clamp passes at its bounds",
    example: { inputs: [[-1, 0, 0.5, 1, 2]], slopes: [[0, 1, 1, 1, 0]] } },
  { name: "std(x)", where: "all x equal", value: "0", source: "PyTorch, torch.std",
    example: { inputs: [[[2, 2], [1, 3]]], slopes: [[[0, 0], [-0.5, 0.5]]] } },
  { name: "norm(x)", where: "x = 0", value: "0", source: "PyTorch, torch.linalg.norm",
    example: { inputs: [[[0, 0], [0, -2]]], slopes: [[[0, 0], [0, -1]]] } },
  { name: "median(x)", where: "equal neighbours in order", value: "dy to the first of them in order", source: "ours: the order of argsort, which keeps equal elements as they stand",
    example: { inputs: [[2, 5, 2, 2, 7]], slopes: [[0, 0, 0, 1, 0]] } },
  { name: "relu(NaN)", where: "x = NaN", value: "dy", source: "PyTorch, torch.nn.ReLU: only x ≤ 0 blocks",
    example: { inputs: [[Number.NaN, 1, -1]], slopes: [[1, 1, 0]] } },
  { name: "maximum(NaN, b)", where: "a or b = NaN", value: "dy to both", source: "PyTorch, torch.maximum: only the smaller one is blocked",
    example: { inputs: [[Number.NaN, 1, Number.NaN], [4, Number.NaN, Number.NaN]], slopes: [[1, 1, 1], [1, 1, 1]] } },
  { name: "minimum(NaN, b)", where: "a or b = NaN", value: "dy to both", source: "PyTorch, torch.minimum: only the larger one is blocked",
    example: { inputs: [[Number.NaN, 1, Number.NaN], [4, Number.NaN, Number.NaN]], slopes: [[1, 1, 1], [1, 1, 1]] } },
  { name: "clip(NaN, 0, 1)", where: "x = NaN", value: "0", source: "PyTorch, torch.clamp: no comparison holds",
    example: { inputs: [[Number.NaN, 0.5, 2]], slopes: [[0, 1, 0]] } },
  { name: "maximum(NaN, 2)", where: "x = NaN", value: "dy", source: "PyTorch, torch.maximum; its torch.clamp passes 0",
    example: { inputs: [[Number.NaN, 1, 3]], slopes: [[1, 0, 1]] } },
  { name: "minimum(NaN, 2)", where: "x = NaN", value: "dy", source: "PyTorch, torch.minimum; its torch.clamp passes 0",
    example: { inputs: [[Number.NaN, 1, 3]], slopes: [[1, 1, 0]] } },
  { name: "max(NaN, …)", where: "some x = NaN", value: "dy / their number to each NaN", source: "PyTorch, torch.max without dim",
    example: { inputs: [[1, Number.NaN, 3, Number.NaN]], slopes: [[0, 0.5, 0, 0.5]] } },
  { name: "min(NaN, …)", where: "some x = NaN", value: "dy / their number to each NaN", source: "PyTorch, torch.min without dim",
    example: { inputs: [[1, Number.NaN, 3, Number.NaN]], slopes: [[0, 0.5, 0, 0.5]] } },
  { name: "max(NaN, …, axis 1)", where: "some x = NaN", value: "dy to the first NaN", source: "PyTorch, torch.max with dim; max pooling",
    example: { inputs: [[[1, Number.NaN, Number.NaN], [7, 7, 0]]], slopes: [[[0, 1, 0], [1, 0, 0]]] } },
  { name: "abs(NaN)", where: "x = NaN", value: "0", source: "PyTorch, torch.abs: sgn(NaN) = 0; so L1Loss, and SmoothL1Loss with beta 0",
    example: { inputs: [[Number.NaN, -2]], slopes: [[0, -1]] } },
  { name: "leakyRelu(NaN, 0.1)", where: "x = NaN", value: "dy / 10, as for negative x", source: "PyTorch, torch.nn.LeakyReLU: only x > 0 passes dy; so PReLU",
    example: { inputs: [[Number.NaN, 2]], slopes: [[0.1, 1]] } },
  { name: "elu(NaN, 2)", where: "x = NaN", value: "dy", source: "PyTorch, torch.nn.ELU: only x ≤ 0 scales dy; so SELU (it has NaN too, in whole vectors of 4 or 8)",
    example: { inputs: [[Number.NaN, 3]], slopes: [[1, 1]] } },
  { name: "hardtanh(NaN, -1, 2)", where: "x = NaN", value: "dy", source: "PyTorch, torch.nn.Hardtanh: only a bound blocks (it has 0 in whole vectors of 4 or 8)",
    example: { inputs: [[Number.NaN, 1, 4]], slopes: [[1, 1, 0]] } },
  { name: "HingeEmbeddingLoss(NaN, −1)", where: "x = NaN", value: "0, though the loss is NaN", source: "PyTorch, torch.nn.HingeEmbeddingLoss: clamp; so CosineEmbeddingLoss",
    example: { inputs: [[Number.NaN, 0.5, 2]], slopes: [[0, -1, 0]] } },
  { name: "MultiMarginLoss(NaN, 0)", where: "x = NaN", value: "0, and the loss counts it as 0", source: "PyTorch, torch.nn.MultiMarginLoss: a violation is > 0",
    example: { inputs: [[[2, Number.NaN, 2, 0]]], slopes: [[[-0.25, 0, 0.25, 0]]] } },
  { name: "BCELoss(x, 1)", where: "x ≤ exp(−100): a cut logarithm", value: "0", source: "ours, the slope of the cut; PyTorch passes up to 1e12 dy",
    example: { inputs: [[0, 1e-44, 0.5]], slopes: [[0, 0, -2]] } },
  { name: "BCELoss(x, 0)", where: "1 − x ≤ exp(−100): a cut logarithm", value: "0", source: "ours, the slope of the cut; PyTorch passes up to 1e12 dy",
    example: { inputs: [[1, 0.5]], slopes: [[0, 2]] } },
  { name: "L1Loss(x, 1)", where: "x = 1", value: "0", source: "PyTorch, torch.nn.L1Loss: sign(0) = 0",
    example: { inputs: [[0, 1, 2]], slopes: [[-1, 0, 1]] } },
  { name: "HingeEmbeddingLoss(x, −1)", where: "x = margin", value: "−dy", source: "PyTorch, torch.nn.HingeEmbeddingLoss: clamp passes at its bound",
    example: { inputs: [[0, 1, 2]], slopes: [[-1, -1, 0]] } },
  { name: "MultiMarginLoss(x, 0)", where: "margin − x[t] + x[j] = 0", value: "0", source: "PyTorch, torch.nn.MultiMarginLoss: a violation is > 0",
    example: { inputs: [[[2, 1, 2, 0]]], slopes: [[[-0.25, 0, 0.25, 0]]] } },
];
