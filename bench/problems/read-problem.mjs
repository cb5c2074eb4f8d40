import { readFileSync } from "node:fs";
import { join } from "node:path";

const types = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array };

/** The arrays of a problem by name, each `{ data, shape }`; the weights among them without their prefix. Knows no package of ours. */
export function readProblem(folder) {
  const { buffer, byteOffset } = readFileSync(join(folder, "data.bin"));
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const arrays = { weights: {} };
  for (const [name, { dtype, shape, offset }] of Object.entries(manifest)) {
    const size = shape.reduce((product, n) => product * n, 1);
    const array = { data: new types[dtype](buffer, byteOffset + offset, size), shape };
    if (name.startsWith("weights/")) arrays.weights[name.slice("weights/".length)] = array;
    else arrays[name] = array;
  }
  return arrays;
}
