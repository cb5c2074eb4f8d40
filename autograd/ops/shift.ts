import { normalizeAxes, type Operators, pad, type Range } from "../../np/index.ts";

/** x moved by one place along an axis: 1 to the end, −1 to the beginning. `value` fills the free place. */
export function shift<A extends Operators<A>>(x: A, by: 1 | -1, axis: number, value: number = 0): A {
  const [along] = normalizeAxes("shift", axis, x.ndim) as [number];
  if (x.shape[along] === 0) return x;
  const kept: Range = by === 1 ? [0, -1] : [1];
  const rest = x.slice(...x.shape.map((_, i): Range => (i === along ? kept : null)));
  const free = by === 1 ? ([1, 0] as const) : ([0, 1] as const);
  return pad(
    rest,
    x.shape.map((_, i) => (i === along ? free : ([0, 0] as const))),
    value,
  );
}
