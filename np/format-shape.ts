/** `(2, 3)`, `(4,)`, `()`: shapes the way NumPy prints them. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
