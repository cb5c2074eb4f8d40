import type { TypedArray } from "../../dtype.ts";

/** Sums over rows of x; y and each row's center are used if the term names them. */
type RowSums = (out: Float64Array, x: TypedArray, y: TypedArray, centers: TypedArray, length: number) => void;

/**
 * Builds a function that sums a term in x, y and center over each row, in four partial sums as
 * `reduce` does. Each term gets a loop of its own, as in `loops.ts`.
 */
function rowSums(term: string): RowSums {
  const at = (l: string): string => term.replace(/\b[xy]\b/g, `$&[${l}]`);
  const make = new Function(`return function (out, x, y, centers, length) {
    const whole = length - (length % 4);
    for (let r = 0, start = 0; r < out.length; r++, start += length) {
      const center = centers[r];
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let l = start; l < start + whole; l += 4) {
        s0 += ${at("l")}; s1 += ${at("l + 1")}; s2 += ${at("l + 2")}; s3 += ${at("l + 3")};
      }
      for (let l = start + whole; l < start + length; l++) s0 += ${at("l")};
      out[r] = s0 + s1 + (s2 + s3);
    }
  }`);
  return make() as RowSums;
}

const [plain, products, squares, centered] = ["x", "x * y", "(x - center) ** 2", "x * (y - center)"].map(
  rowSums,
) as [RowSums, RowSums, RowSums, RowSums];

/** Σ x y for each row. */
export function sumProducts(out: Float64Array, x: TypedArray, y: TypedArray, length: number): void {
  products(out, x, y, out, length);
}

/** Σ x and Σ (x − the row's mean)² for each row. */
export function moments(sums: Float64Array, rest: Float64Array, x: TypedArray, length: number): void {
  plain(sums, x, x, sums, length);
  squares(
    rest,
    x,
    x,
    sums.map((sum) => sum / length),
    length,
  );
}

/** Σ x and Σ x (y − center) for each row, with one center per row. */
export function comoments(
  sums: Float64Array,
  rest: Float64Array,
  x: TypedArray,
  y: TypedArray,
  centers: TypedArray,
  length: number,
): void {
  plain(sums, x, y, sums, length);
  centered(rest, x, y, centers, length);
}
