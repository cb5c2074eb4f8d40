import { logSoftmax, softmax } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { of, ofLarge, softplus } from "./formulas.ts";
import { awayFromZero, large, normal, shifted } from "./inputs.ts";

const gelu = "x / 2 * (1 + erf(x / sqrt(2)))";
const geluTanh = "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x ^ 3)))";
const silu = "x / (1 + exp(-x))";
const softmaxRule = "every y depends on every x of its sum: dx = y · (dy − Σ dy · y)";
const logSoftmaxRule = "every y depends on every x of its sum: dx = dy − softmax · Σ dy";

/** Activations without a bend, and those that make a distribution. */
export const smoothCases: readonly Case[] = [
  { ...twins("GELU", () => []), what: "exact", x: normal(4, 5), formula: of(gelu) },
  { ...twins("GELU", () => []), what: "exact, large x", x: large(4, 3), formula: of(gelu) },
  { ...twins("GELU", () => ["tanh"]), what: "tanh", x: normal(4, 5), formula: of(geluTanh) },
  { ...twins("GELU", () => ["tanh"]), what: "tanh, x up to some ten", x: (rng) => rng.normal(0, 8, [4, 5]), formula: of(geluTanh) },
  { ...twins("SiLU", () => []), what: "4 × 5", x: normal(4, 5), formula: of(silu) },
  { ...twins("SiLU", () => []), what: "large x, of which exp overflows", x: large(4, 3), formula: ofLarge(silu) },
  { ...twins("Softplus", () => []), what: "4 × 5", x: normal(4, 5), formula: softplus(1, 20) },
  { ...twins("Softplus", () => [3]), what: "beta 3", x: normal(4, 5), formula: softplus(3, 20) },
  { ...twins("Softplus", () => [2, { threshold: 1 }]), what: "beta 2, threshold 1: both sides of x = 0.5", x: (rng) => awayFromZero(4, 5)(rng).add(0.5), formula: softplus(2, 1) },
  { ...twins("Softplus", () => []), what: "large x, of which exp overflows", x: large(4, 3), formula: { ...softplus(1, 20), notInDoubles: "exp overflows in doubles" } },
  { ...twins("Softplus", () => [2, { threshold: 1 }]), what: "at its threshold, which belongs to the smooth side", x: (rng) => awayFromZero(4, 5)(rng).greater(0).astype("float64").sub(0.5), onKink: true, noDifferences: "y jumps there", formula: softplus(2, 1) },
  { ...twins("Softmax", () => [1]), what: "rows", rule: softmaxRule, x: normal(3, 4), precise: softmax },
  { ...twins("Softmax", () => [-1]), what: "three axes, along the last", rule: softmaxRule, x: normal(2, 3, 4) },
  { ...twins("Softmax", () => [1]), what: "images, along the channels", rule: softmaxRule, x: normal(2, 3, 2, 2) },
  { ...twins("Softmax", () => [1]), what: "large x, of which exp overflows", rule: softmaxRule, x: shifted(3, 4), precise: softmax },
  { ...twins("LogSoftmax", () => [1]), what: "rows", rule: logSoftmaxRule, x: normal(3, 4), precise: logSoftmax },
  { ...twins("LogSoftmax", () => [-2]), what: "three axes, along the middle", rule: logSoftmaxRule, x: normal(2, 3, 4) },
  { ...twins("LogSoftmax", () => [1]), what: "large x, of which exp overflows", rule: logSoftmaxRule, x: shifted(3, 4), precise: logSoftmax },
]; // biome-ignore format: a table, one case a line
