import { describe } from "../../np/internal.ts";

/** A height and a width, or one number for both. */
export type Size = number | readonly [height: number, width: number];

/** @throws RangeError unless size is one or two whole numbers ≥ 1 */
export function sizeOption(where: string, size: Size): readonly [height: number, width: number] {
  const given: readonly unknown[] = Array.isArray(size) ? size : [size, size];
  const [height, width, ...more] = given;
  const right = [height, width].every((n) => Number.isInteger(n) && (n as number) >= 1);
  if (right && more.length === 0) return [height as number, width as number];
  throw new RangeError(
    `${where}: size is ${describe(size)}; expected a whole number from 1 on, or [height, width]`,
  );
}
