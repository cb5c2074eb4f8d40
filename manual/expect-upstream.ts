import { formatShape, type NDArray, ShapeError, sameShape } from "../np/index.ts";

/** @throws ShapeError unless dy = ∂L/∂y has the shape of y: another might be broadcast without a word */
export function expectUpstream(where: string, dy: NDArray, y: readonly number[]): void {
  if (sameShape(dy.shape, y)) return;
  throw new ShapeError(
    `${where}: dy has shape ${formatShape(dy.shape)}, expected that of forward's y, ${formatShape(y)}`,
  );
}
