import { formatShape, NDArray, ShapeError, sizeOf } from "../np/index.ts";
import { finite, type OptionTable } from "../np/internal.ts";
import { type InitOptions, initOptions, settleInit } from "./init-options.ts";

export interface OrthogonalOptions extends InitOptions {
  /** Every singular value of the weight; default 1. */
  readonly gain?: number;
}

const orthogonalOptions: OptionTable<OrthogonalOptions> = { ...initOptions, gain: finite(1) };

/**
 * gain · Q, where Q has orthonormal rows or columns, whichever are fewer (trailing axes count as
 * one). With gain 1 a square Q preserves the length of every vector, so values and gradients keep
 * their size through any number of layers. Q is uniformly distributed over all orthogonal matrices.
 * @throws ShapeError for fewer than two axes, RangeError unless gain is finite
 * @see Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep
 * linear neural networks", ICLR 2014, section 3; Mezzadri, "How to generate random matrices from
 * the classical compact groups", 2007; `torch.nn.init.orthogonal_`
 */
export function orthogonal(shape: readonly number[], options: OrthogonalOptions): NDArray {
  const { rng, dtype, gain } = settleInit("orthogonal", shape, orthogonalOptions, options);
  if (shape.length < 2)
    throw new ShapeError(`orthogonal: a weight of shape ${formatShape(shape)}; expected two axes or more`);
  const rows = shape[0] as number;
  const columns = sizeOf(shape.slice(1));
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const drawn = rng.normal(0, 1, [count, length]);
  const vectors = NDArray.from(orthonormalised(drawn.flat() as Float64Array, count, length), [count, length]);
  const q = rows < columns ? vectors : vectors.T;
  return q.mul(gain).reshape(shape).astype(dtype);
}

/**
 * Gram-Schmidt, where each vector is made orthogonal to the previous ones twice: after one pass,
 * rounding leaves a component along them in a vector that lay almost in their span. Dividing by the
 * length makes R's diagonal positive, the choice of signs that Mezzadri requires.
 * @see Giraud et al., "Rounding error analysis of the classical Gram-Schmidt orthogonalization
 * process", Numer. Math. 101 (2005)
 */
function orthonormalised(vectors: Float64Array, count: number, length: number): Float64Array {
  for (let i = 0; i < count; i++) {
    const v = vectors.subarray(i * length, (i + 1) * length);
    for (let round = 0; round < 2; round++) {
      for (let j = 0; j < i; j++) {
        const q = vectors.subarray(j * length, (j + 1) * length);
        subtract(v, q, dot(v, q));
      }
    }
    const norm = Math.sqrt(dot(v, v));
    for (let k = 0; k < length; k++) v[k] = (v[k] as number) / norm;
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

/** v ← v − s q. */
function subtract(v: Float64Array, q: Float64Array, s: number): void {
  for (let k = 0; k < v.length; k++) v[k] = (v[k] as number) - s * (q[k] as number);
}
