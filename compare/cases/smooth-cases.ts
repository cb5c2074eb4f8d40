import { logSoftmax, softmax } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { of, ofLarge, softplus } from "./formulas.ts";
import { awayFromZero, large, normal, shifted } from "./inputs.ts";

const gelu = "x / 2 * (1 + erf(x / sqrt(2)))";
const geluTanh = "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x ^ 3)))";
const silu = "x / (1 + exp(-x))";
const softmaxRule = "every y depends on every x in its sum: dx = y · (dy − Σ dy · y)";
const logSoftmaxRule = "every y depends on every x in its sum: dx = dy − softmax · Σ dy";

/** Smooth activations, and those whose output is a distribution. */
export const smoothCases: readonly Case[] = [
  { ...twins("GELU", () => []), what: "exact", inputs: { x: normal(4, 5) }, witnesses: { formula: of(gelu) } },
  { ...twins("GELU", () => []), what: "exact, large x", inputs: { x: large(4, 3) }, witnesses: { formula: of(gelu) } },
  { ...twins("GELU", () => ["tanh"]), what: "tanh", inputs: { x: normal(4, 5) }, witnesses: { formula: of(geluTanh) } },
  { ...twins("GELU", () => ["tanh"]), what: "tanh, x of size 10", inputs: { x: (rng) => rng.normal(0, 8, [4, 5]) }, witnesses: { formula: of(geluTanh) } },
  { ...twins("SiLU", () => []), what: "4 × 5", inputs: { x: normal(4, 5) }, witnesses: { formula: of(silu) } },
  { ...twins("SiLU", () => []), what: "large x, where exp overflows", inputs: { x: large(4, 3) }, witnesses: { formula: ofLarge(silu) } },
  { ...twins("Softplus", () => []), what: "4 × 5", inputs: { x: normal(4, 5) }, witnesses: { formula: softplus(1, 20) } },
  { ...twins("Softplus", () => [3]), what: "beta 3", inputs: { x: normal(4, 5) }, witnesses: { formula: softplus(3, 20) } },
  { ...twins("Softplus", () => [2, { threshold: 1 }]), what: "beta 2, threshold 1: both sides of x = 0.5", inputs: { x: (rng) => awayFromZero(4, 5)(rng).add(0.5) }, witnesses: { formula: softplus(2, 1) } },
  { ...twins("Softplus", () => []), what: "large x, where exp overflows", inputs: { x: large(4, 3) }, witnesses: { formula: { ...softplus(1, 20), notInDoubles: "exp overflows in doubles" } } },
  { ...twins("Softplus", () => [2, { threshold: 1 }]), what: "at its threshold, which belongs to the smooth side", inputs: { x: (rng) => awayFromZero(4, 5)(rng).greater(0).astype("float64").sub(0.5), onKink: true }, witnesses: { formula: softplus(2, 1), noDifferences: "y jumps there" } },
  { ...twins("Softmax", () => [1]), what: "rows", inputs: { x: normal(3, 4) }, witnesses: { precise: softmax }, hints: { dx: softmaxRule } },
  { ...twins("Softmax", () => [-1]), what: "three axes, along the last", inputs: { x: normal(2, 3, 4) }, hints: { dx: softmaxRule } },
  { ...twins("Softmax", () => [1]), what: "images, along the channels", inputs: { x: normal(2, 3, 2, 2) }, hints: { dx: softmaxRule } },
  { ...twins("Softmax", () => [1]), what: "large x, where exp overflows", inputs: { x: shifted(3, 4) }, witnesses: { precise: softmax }, hints: { dx: softmaxRule } },
  { ...twins("LogSoftmax", () => [1]), what: "rows", inputs: { x: normal(3, 4) }, witnesses: { precise: logSoftmax }, hints: { dx: logSoftmaxRule } },
  { ...twins("LogSoftmax", () => [-2]), what: "three axes, along the middle", inputs: { x: normal(2, 3, 4) }, hints: { dx: logSoftmaxRule } },
  { ...twins("LogSoftmax", () => [1]), what: "large x, where exp overflows", inputs: { x: shifted(3, 4) }, witnesses: { precise: logSoftmax }, hints: { dx: logSoftmaxRule } },
]; // biome-ignore format: a table, one case a line
