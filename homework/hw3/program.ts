import { type Axis, array, type NDArray } from "../../np/index.ts";
import type { Arrays } from "../protocol/frame.ts";
import { columns, type Operation, operations, rowLength } from "./operations.ts";

/** One operation on nodes. Leaves are counted first, then the results, from 0 on. */
export interface Step {
  readonly operation: Operation;
  readonly a: number;
  readonly b?: number;
  /** How often in a row, each time on the last result; default once. */
  readonly times?: number;
  readonly axis?: Axis;
  readonly keepDims?: boolean;
  readonly shape?: readonly number[];
}

/** A small program: it is sent as numbers, and runs on the student's tensors. */
export interface Program {
  readonly leaves: readonly NDArray[];
  /** Which leaves require a gradient; default all. */
  readonly learns?: readonly boolean[];
  readonly steps: readonly Step[];
}

/** The calls of `backward`, in their order. */
export interface Backward {
  readonly root: number;
  /** None for a root of one number. */
  readonly upstream?: NDArray;
}

/** The rows that `calls.ts` reads. */
export function rowsOf(steps: readonly Step[]): NDArray {
  const rows = new Float64Array(steps.length * rowLength);
  for (const [
    i,
    { operation, a, b = 0, times = 1, axis = null, keepDims = false, shape },
  ] of steps.entries()) {
    const row = rows.subarray(i * rowLength, (i + 1) * rowLength);
    const list = shape ?? (typeof axis === "number" ? [axis] : (axis ?? []));
    row[columns.operation] = operations.indexOf(operation);
    row[columns.a] = a;
    row[columns.b] = b;
    row[columns.times] = times;
    row[columns.keepDims] = Number(keepDims);
    row[columns.count] = shape
      ? shape.length
      : axis === null
        ? -1
        : typeof axis === "number"
          ? -2
          : axis.length;
    row.set(list, columns.first);
  }
  return array(rows).reshape(steps.length, rowLength);
}

/** The inputs of the call `tensors`. */
export function questionOf(
  { leaves, learns, steps }: Program,
  backwards: readonly Backward[],
  { show = [], zeroBefore }: { readonly show?: readonly number[]; readonly zeroBefore?: number } = {},
): Arrays {
  return {
    ...numbered("leaf", leaves),
    learns: array(leaves.map((_, i) => Number(learns?.[i] ?? true))),
    steps: rowsOf(steps),
    show: array([...show]),
    roots: array(backwards.map(({ root }) => root)),
    ...Object.fromEntries(
      backwards.flatMap(({ upstream }, i) => (upstream ? [[`upstream${i}`, upstream] as const] : [])),
    ),
    ...(zeroBefore === undefined ? {} : { zeroBefore: array(zeroBefore) }),
  };
}

/** `leaf0`, `leaf1`, …: arrays by name. */
export function numbered(name: string, arrays: readonly NDArray[]): Arrays {
  return Object.fromEntries(arrays.map((x, i) => [`${name}${i}`, x]));
}

/** a, b, c, … for nodes 0, 1, 2, …; n26 from there on. */
export function nameOf(node: number): string {
  return node < 26 ? String.fromCharCode(97 + node) : `n${node}`;
}

/** The program as a student writes it: `c = a.add(b); d = c.mul(c)`. */
export function written({ leaves, steps }: Program): string {
  return steps
    .map((step, i) => {
      const { operation, a, b, times = 1, axis, keepDims, shape } = step;
      const rest =
        operation === "sum"
          ? [JSON.stringify(axis ?? null), ...(keepDims ? ["true"] : [])]
          : [...(b === undefined ? [] : [nameOf(b)]), ...(shape ? [JSON.stringify(shape)] : [])];
      const often = times > 1 ? `, ${times} times in a row` : "";
      return `${nameOf(leaves.length + i)} = ${nameOf(a)}.${operation}(${rest.join(", ")})${often}`;
    })
    .join("; ");
}
