/** Rounds to the nearest whole number, ties to even, as IEEE 754, NumPy and PyTorch do. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
