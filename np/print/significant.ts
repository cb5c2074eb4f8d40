/** A number rounded to this many significant digits: what a sentence or a picture needs of it. */
export function significant(x: number, digits: number): number {
  return Number(x.toPrecision(digits));
}
