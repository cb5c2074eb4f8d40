import type { TypedArray } from "../../dtype.ts";

/** Of every row Σ x y, in four partial sums as `reduce` keeps them. */
export function sumProducts(out: Float64Array, x: TypedArray, y: TypedArray, length: number): void {
  const whole = length - (length % 4);
  for (let r = 0, start = 0; r < out.length; r++, start += length) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let l = start; l < start + whole; l += 4) {
      s0 += (x[l] as number) * (y[l] as number);
      s1 += (x[l + 1] as number) * (y[l + 1] as number);
      s2 += (x[l + 2] as number) * (y[l + 2] as number);
      s3 += (x[l + 3] as number) * (y[l + 3] as number);
    }
    for (let l = start + whole; l < start + length; l++) s0 += (x[l] as number) * (y[l] as number);
    out[r] = s0 + s1 + (s2 + s3);
  }
}

/** Of every row Σ (x − center)², with the row's own center. */
export function sumSquares(out: Float64Array, x: TypedArray, centers: TypedArray, length: number): void {
  const whole = length - (length % 4);
  for (let r = 0, start = 0; r < out.length; r++, start += length) {
    const center = centers[r] as number;
    const square = (l: number): number => ((x[l] as number) - center) ** 2;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let l = start; l < start + whole; l += 4) {
      s0 += square(l);
      s1 += square(l + 1);
      s2 += square(l + 2);
      s3 += square(l + 3);
    }
    for (let l = start + whole; l < start + length; l++) s0 += square(l);
    out[r] = s0 + s1 + (s2 + s3);
  }
}
