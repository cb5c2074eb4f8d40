import { type Case, twins } from "chalk-and-tape/compare";

// @ts-expect-error: Source has 1 element(s) but target requires 2
export const oneSize: unknown = twins("Linear", () => [5]);

// @ts-expect-error: Type 'string' is not assignable to type 'number'
export const wrongType: unknown = twins("Linear", () => ["five", 3]);

// @ts-expect-error: '"meen"' is not assignable to type
export const wrongReduction: unknown = twins("MSELoss", () => [{ reduction: "meen" }]);

// @ts-expect-error: '"Linera"' is not assignable to parameter
export const wrongName: unknown = twins("Linera", () => [5, 3]);

// @ts-expect-error: Property 'inputs' is missing
export const nothingToFeed: Case = { ...twins("ReLU", () => []), what: "no input" };

// @ts-expect-error: Property 'x' is missing
export const noX: Case = { ...twins("ReLU", () => []), what: "no x", inputs: {} };

const tanh: Case = {
  ...twins("Tanh", () => []),
  what: "4 × 5",
  inputs: { x: (rng) => rng.normal(0, 1, [4, 5]) },
};

// @ts-expect-error: 'zeroSecondDerivatives' does not exist in type 'CaseWitnesses'
export const wrongGroup: Case = { ...tanh, witnesses: { zeroSecondDerivatives: ["x"] } };
