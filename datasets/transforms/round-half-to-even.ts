/** Of two whole numbers equally near the even one, as IEEE 754, NumPy and PyTorch round. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
