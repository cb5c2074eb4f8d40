import { namedLengths } from "../../gradcheck/internal.ts";
import { Linear, ReLU } from "../../manual/index.ts";
import { type NDArray, onesLike, random } from "../../np/index.ts";
import type { Examiner, Known } from "../checks/check.ts";
import { agreeGradient, agreeValue, expectUntouched } from "./agreeing.ts";

/** A batch for a layer: x, and what backward is given. */
export interface Batch {
  readonly x: NDArray;
  readonly dy: NDArray;
}

/** Weight (M, D) and bias (M,) of a linear layer. */
export interface LinearValues {
  readonly weight: NDArray;
  readonly bias: NDArray;
}

/** @throws Failure unless the student's Linear gives x Wᵀ + b */
export async function examineLinearForward(
  { ask }: Examiner,
  { weight, bias }: LinearValues,
  x: NDArray,
): Promise<void> {
  const { y } = await ask("linearForward", { weight, bias, x });
  const parameters = new Map(Object.entries({ weight, bias }));
  agreeValue("y", y, linear({ weight, bias }).forward(x), { inputs: [x], parameters });
}

/**
 * The gradients of the student's Linear after the last batch; one object sees all of them.
 * @throws Failure
 */
export async function examineLinearBackward(
  examiner: Examiner,
  { weight, bias }: LinearValues,
  batches: readonly Batch[],
): Promise<void> {
  const found = await examiner.ask("linear", { weight, bias, ...numbered(batches) });
  const rights = batches.map((batch) => linearGradients({ weight, bias }, batch));
  const last = batches.length - 1;
  const { x, dy } = batches[last] as Batch;
  const right = rights[last] as ReturnType<typeof linearGradients>;
  const before = rights[last - 1];
  const forOnes = linearGradients({ weight, bias }, { x, dy: onesLike(dy) });
  const known = (name: "weight" | "bias" | "x"): Known => ({
    dy,
    inputs: [x],
    lengths: namedLengths(x, dy),
    forOnes: forOnes[name],
    ...(before ? { forEarlier: before[name], afterTwo: before[name].add(right[name]) } : {}),
    parameters: new Map(Object.entries({ weight, bias })),
  });
  await examiner.together([
    () => agreeGradient(examiner, "bias", found.g1, right.bias, known("bias")),
    () => agreeGradient(examiner, "weight", found.g0, right.weight, known("weight")),
    () => agreeGradient(examiner, "x", found[`dx${last}`], right.x, known("x")),
    ...batches.flatMap((batch, i) => [
      () => expectUntouched("x", found[`x${i}`], batch.x),
      () => expectUntouched("dy", found[`dy${i}`], batch.dy),
    ]),
    () => expectUntouched("the weight", found.weight, weight),
    () => expectUntouched("the bias", found.bias, bias),
  ]);
}

/**
 * Forward and backward of the student's ReLU; one object sees all batches, and every answer counts.
 * @throws Failure
 */
export async function examineRelu(examiner: Examiner, batches: readonly Batch[]): Promise<void> {
  const found = await examiner.ask("relu", numbered(batches));
  for (const [i, { x, dy }] of batches.entries()) {
    const relu = new ReLU();
    const y = relu.forward(x);
    const [forOnes, dx] = [relu.backward(onesLike(dy)), relu.backward(dy)];
    await examiner.together([
      () => agreeValue("y", found[`y${i}`], y, { inputs: [x] }),
      () => agreeGradient(examiner, "x", found[`dx${i}`], dx, { dy, inputs: [x], y, forOnes }),
      () => expectUntouched("x", found[`x${i}`], x),
      () => expectUntouched("dy", found[`dy${i}`], dy),
    ]);
  }
}

/** x0, dy0, x1, dy1 … as the calls expect them. */
export function numbered(batches: readonly Batch[]): Record<string, NDArray> {
  const entries = batches.flatMap(({ x, dy }, i): [string, NDArray][] => [
    [`x${i}`, x],
    [`dy${i}`, dy],
  ]);
  return Object.fromEntries(entries);
}

function linear({ weight, bias }: LinearValues): Linear {
  const layer = new Linear(weight.shape[1] as number, weight.shape[0] as number, { rng: random(0) });
  layer.weight = weight;
  layer.bias = bias;
  return layer;
}

function linearGradients(
  values: LinearValues,
  { x, dy }: Batch,
): { weight: NDArray; bias: NDArray; x: NDArray } {
  const layer = linear(values);
  layer.forward(x);
  const dx = layer.backward(dy);
  return { weight: layer.dWeight as NDArray, bias: layer.dBias as NDArray, x: dx };
}
