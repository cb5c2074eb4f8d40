import { normal } from "../inputs.ts";
import { redrawn } from "../parameters.ts";
import { distinct } from "../pool-cases.ts";
import type { Level } from "./levels.ts";
import type { Plan } from "./plan.ts";

const kernelSize: readonly Level[] = [
  { label: "1 or more", value: 2 },
  { label: "a pair", value: [2, 3] },
];
/** At most half of every kernel. */
const padding: readonly Level[] = [
  { label: "default", value: undefined },
  { label: "a pair", value: [0, 1] },
];
const eps: readonly Level[] = [
  { label: "default", value: undefined },
  { label: "between 0 and 1", value: 0.3 },
];
function numbers(...values: readonly number[]): readonly Level[] {
  return values.map((value) => ({ label: String(value), value }));
}
const sample = (shape: number): Level => ({ label: `${shape} axes`, value: shape });

/** The options of layers. */
export const layerPlans: readonly Plan[] = [
  { name: "Linear", positional: () => [3, 2], inputs: () => ({ x: normal(4, 3) }) },
  {
    name: "Flatten",
    more: { endDim: [{ label: "default", value: undefined }, ...numbers(2)] },
    inputs: () => ({ x: normal(2, 3, 2, 2) }),
  },
  { name: "Bilinear", positional: () => [2, 3, 2], inputs: () => ({ x: normal(3, 2), x2: normal(3, 3) }) },
  {
    name: "Conv1d",
    positional: () => [2, 4, 3],
    inputs: () => ({ x: normal(2, 2, 7) }),
  },
  {
    name: "Conv2d",
    more: { kernelSize },
    positional: (s) => [2, 4, s.kernelSize],
    inputs: () => ({ x: normal(1, 2, 4, 5) }),
  },
  {
    name: "ConvTranspose2d",
    more: { kernelSize },
    positional: (s) => [2, 4, s.kernelSize],
    inputs: () => ({ x: normal(1, 2, 3, 3) }),
  },
  {
    name: "MaxPool2d",
    more: { kernelSize, padding },
    positional: (s) => [s.kernelSize],
    inputs: () => ({ x: distinct(2, 1, 5, 6) }),
  },
  {
    name: "AvgPool2d",
    more: { kernelSize, padding },
    positional: (s) => [s.kernelSize],
    inputs: () => ({ x: normal(2, 1, 5, 6) }),
  },
  {
    name: "BatchNorm1d",
    more: { eps },
    positional: () => [2],
    sides: redrawn,
    inputs: () => ({ x: normal(3, 2) }),
  },
  {
    name: "BatchNorm2d",
    more: { eps },
    positional: () => [2],
    sides: redrawn,
    inputs: () => ({ x: normal(2, 2, 1, 2) }),
  },
  { name: "LayerNorm", positional: () => [3], sides: redrawn, inputs: () => ({ x: normal(2, 3) }) },
  {
    name: "GroupNorm",
    more: { axes: [sample(2), sample(4)] },
    seen: ({ x }) => ({ axes: `${x.ndim} axes` }),
    positional: () => [2, 6],
    sides: redrawn,
    inputs: ({ axes }) => ({ x: axes === 4 ? normal(2, 6, 1, 2) : normal(2, 6) }),
  },
  { name: "Dropout", inputs: () => ({ x: normal(3, 4) }) },
  { name: "Dropout2d", inputs: () => ({ x: normal(2, 3, 2, 2) }) },
];
