import { expect } from "chai";
import {
  type DType,
  engine,
  exp,
  logsumexp,
  type NDArray,
  random,
  sigmoid,
  useEngine,
} from "chalk-and-tape/np";
import { ulps } from "./ulps.ts";

const chosen = engine().name;
/** Elsewhere V8 itself is compiled with fused multiply-add, and its last bits, or those of a sum of eleven, may be others. */
const apart = process.arch === "x64" ? 0 : 4;

// Where the formula changes: remainders, e itself, the largest and the smallest results, and their neighbours.
const [halfLn2, ln2Half3] = [0.34657359027997264, 1.0397207708399179];
// biome-ignore format: one place a line
const special = [
  0, -0, Number.NaN, Infinity, -Infinity,
  1, -1, 1 + 2 ** -52, 1 - 2 ** -53,
  halfLn2, halfLn2 - 2 ** -54, halfLn2 + 2 ** -54, 0.3465735905, 0.346573591, 0.3465735913, -0.346573591, -halfLn2,
  ln2Half3, ln2Half3 + 2 ** -52, -ln2Half3,
  2 ** -28, 2 ** -28 - 2 ** -81, 2 ** -29, -(2 ** -28), 2 ** -53, 3 * 2 ** -54, -(2 ** -54), 5e-324,
  708, 709.78271289338397, 709.78271289338409, 709.8, 1e300,
  -708, -708.5, -740.3, -745.13321910194111, -745.13321910194122, -745.2, -1e300,
  88.72283, 88.722839, 88.73, -87.4, -103.9, -103.98,
];

/** From the scale of a remainder to that of an overflow; the special places among them. */
function draw(dtype: DType, length: number, scale: number): NDArray {
  const x = random(20261126).normal(0, scale, [length], { dtype });
  special.forEach((value, i) => {
    x.data[i] = value;
  });
  return x;
}

const functions: Readonly<Record<string, (x: NDArray) => NDArray>> = {
  exp,
  sigmoid,
  "logsumexp of rows of 10": (x) => logsumexp(x.reshape(-1, 10), 1),
  "logsumexp of rows of 11": (x) => logsumexp(x.slice([0, x.size - (x.size % 11)]).reshape(-1, 11), 1),
};

describe("np, e^x as SIMD", () => {
  afterEach(() => useEngine(chosen));

  for (const [name, f] of Object.entries(functions))
    for (const dtype of ["float64", "float32"] as const)
      it(`${name}, ${dtype}: the bits of V8's Math.exp, over all its range and where its formula changes`, () => {
        for (const scale of [1e-9, 1e-3, 1, 30, 800])
          for (const length of [600, 40_000]) {
            const x = draw(dtype, length, scale);
            useEngine("js");
            const wanted = f(x).data;
            useEngine("wasm");
            const found = f(x).data;
            for (let i = 0; i < wanted.length; i++) {
              const [a, b] = [found[i] as number, wanted[i] as number];
              if (ulps(a, b, dtype) > apart || (a === 0 && !Object.is(a, b)))
                expect.fail(`element ${i} of ${length} at scale ${scale}: ${a}, expected ${b}`);
            }
          }
      });
});
