import type { Linear } from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import type { Arrays } from "../protocol/frame.ts";
import { rightLinear } from "./right.ts";

const relu = (x: NDArray): NDArray => x.mul(x.greater(0));

function layers(parameters: Arrays): readonly Linear[] {
  return [1, 2, 3, 4].map((k) => rightLinear(parameters[`W${k}`] as NDArray, parameters[`b${k}`] as NDArray));
}

/** The logits of a network in which ReLU number `without` is left out. */
export function forwardWithout(parameters: Arrays, x: NDArray, without: number): NDArray {
  return layers(parameters).reduce((h, layer, i) => {
    const z = layer.forward(h);
    return i === 3 || i + 1 === without ? z : relu(z);
  }, x);
}

/**
 * The gradients of layer k < 4, by name, if the ReLU after it takes its mask from z of layer `from`; with
 * `from` null it has no mask. The layers behind it are right.
 */
export function gradientsWithMask(
  parameters: Arrays,
  { x, dz }: { readonly x: NDArray; readonly dz: NDArray },
  k: number,
  from: number | null,
): Arrays {
  const all = layers(parameters);
  const z: NDArray[] = [];
  all.reduce((h, layer, i) => {
    z.push(layer.forward(h));
    return i === 3 ? h : relu(z[i] as NDArray);
  }, x);
  let dy = dz;
  for (let layer = 4; layer > k; layer--) {
    const dx = all[layer - 1]?.backward(dy) as NDArray;
    const mask = layer === k + 1 ? from : layer - 1;
    const chosen = mask === null ? undefined : (z[mask - 1] as NDArray);
    dy = chosen ? dx.mul(chosen.greater(0)) : dx;
  }
  const last = all[k - 1];
  last?.backward(dy);
  return { [`W${k}`]: last?.dWeight as NDArray, [`b${k}`]: last?.dBias as NDArray };
}

/** What is wrong with the ReLU after layer k < 4, if its gradients are those of a known slip. */
export function slipAt(
  k: number,
  isFound: (gradients: Arrays) => boolean,
  parameters: Arrays,
  batch: { readonly x: NDArray; readonly dz: NDArray },
): { readonly what: string; readonly cure: string } | undefined {
  const from = [null, 1, 2, 3].find((j) => j !== k && isFound(gradientsWithMask(parameters, batch, k, j)));
  if (from === undefined) return undefined;
  const call = `dz${k} is reluBackward(dx of layer ${k + 1}, this.z${k})`;
  return from === null
    ? { what: `dz${k} is the dx of layer ${k + 1}: the ReLU between them is left out`, cure: call }
    : { what: `the mask of dz${k} is taken from z${from}`, cure: call };
}
