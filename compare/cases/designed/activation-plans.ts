import { array, type NDArray, type Random } from "../../../np/index.ts";
import { awayFromZero, normal } from "../inputs.ts";
import type { Level } from "./levels.ts";
import type { Plan } from "./plan.ts";

/** Axes from the front, beginning with 0, and from the end. */
const dim: readonly Level[] = [0, 1, -1].map((value) => ({
  label: value === 0 ? "0" : value < 0 ? "below 0" : "1 or more",
  value,
}));
/** Numbers inside two bounds, below and above them. */
function across(low: number, high: number): (rng: Random) => NDArray {
  const width = high - low;
  return (rng) =>
    rng
      .uniform(0.1, 0.9, [3, 3])
      .add(array([0, -1, 1]))
      .mul(width)
      .add(low);
}
const rows = { x: awayFromZero(3, 4) };

/** The options of activations. */
export const activationPlans: readonly Plan[] = [
  { name: "LeakyReLU", inputs: () => rows },
  { name: "PReLU", inputs: () => ({ x: awayFromZero(3, 2) }) },
  { name: "ELU", inputs: () => rows },
  { name: "Hardtanh", inputs: (s) => ({ x: across(Number(s.minVal ?? -1), Number(s.maxVal ?? 1)) }) },
  { name: "GELU", inputs: () => rows },
  { name: "Softplus", inputs: () => ({ x: (rng) => awayFromZero(3, 4)(rng).mul(10) }) },
  { name: "Softmax", more: { dim }, inputs: () => ({ x: normal(2, 3, 2) }) },
  { name: "LogSoftmax", more: { dim }, inputs: () => ({ x: normal(2, 3, 2) }) },
];
