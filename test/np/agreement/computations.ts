import { type DType, full, NDArray } from "chalk-and-tape/np";
import { kernels, type UpdateName, update } from "#internal/np";
import { drawsOf } from "./draws.ts";
import { layouts } from "./layouts.ts";
import { opRows } from "./rows.ts";
import { updateRows } from "./update-rows.ts";

/** Something that any engine can be asked for, again and again. */
export interface Computation {
  readonly what: string;
  readonly run: () => readonly NDArray[];
}

const dtypes: readonly DType[] = ["float64", "float32", "int32", "uint8"];
const floats = ["float64", "float32"] as const;

function ofOp(op: keyof typeof opRows): Computation[] {
  const rows = opRows[op] as (draw: unknown) => readonly (readonly unknown[])[];
  const kernel = kernels[op] as (...args: readonly unknown[]) => NDArray;
  return dtypes.flatMap((dtype) =>
    Object.entries(layouts).flatMap(([name, layout], seed) =>
      rows(drawsOf(dtype, layout, seed)).map((args, i) => ({
        what: `${dtype}, ${name}, row ${i}`,
        run: () => [kernel(...args)],
      })),
    ),
  );
}

/** Gradients whose squares overflow, alone or once they are divided, and gradients whose squares are 0. */
const extremes = { float64: [1e154, 1e156, 1e-170], float32: [3e19, 1e21, 1e-24] } as const;

/** Three steps of each way; what comes out is the parameter and the arrays of the state. */
function ofUpdate(name: UpdateName): Computation[] {
  const ways = updateRows[name];
  return floats.flatMap((dtype) =>
    Object.entries(layouts).flatMap(([layoutName, layout]) =>
      (layout === layouts["in order"]
        ? [
            ...[[], [1], [5], [130, 257]].map((shape) => [shape, 1] as const),
            ...extremes[dtype].map((scale) => [[130, 257], scale] as const),
          ]
        : [[[3, 5], 1] as const]
      ).flatMap(([shape, scale]) =>
        ways.map(({ state, step }, way): Computation => {
          const draw = drawsOf(dtype, layout, way);
          const gradientOf = (): NDArray =>
            scale === 1 ? draw.normal(...shape) : draw.normal(...shape).mul(scale);
          const [start, gradients] = [draw.rows(...shape), [1, 2, 3].map(gradientOf)];
          return {
            what: `${dtype}, shape (${shape}), way ${way}, gradient ${layoutName}, times ${scale}`,
            run: () => {
              const value = start.copy();
              const arrays = state((fill = 0) => full(shape, fill, { dtype }));
              for (const [i, gradient] of gradients.entries())
                update(name, value, gradient, ...([arrays, step(i + 1)] as never));
              return [value, ...Object.values(arrays).filter((array) => array instanceof NDArray)];
            },
          };
        }),
      ),
    ),
  );
}

/** What changes arrays in place, and is no op. */
const changes: Readonly<Record<string, (x: NDArray, by: NDArray) => NDArray>> = {
  addInPlace: (x, by) => x.addInPlace(by, -0.3),
  copyFrom: (x, by) => x.copyFrom(by),
};

function ofChange(change: (x: NDArray, by: NDArray) => NDArray): Computation[] {
  return floats.flatMap((dtype) =>
    Object.entries(layouts).flatMap(([name, layout], seed) =>
      [[], [5], [33, 65]].map((shape) => {
        const draw = drawsOf(dtype, layout, seed);
        const [x, by] = [draw.rows(...shape), draw.normal(...shape)];
        return { what: `${dtype}, ${name}, shape (${shape})`, run: () => [change(x.copy(), by)] };
      }),
    ),
  );
}

/** What engines must agree about, made when asked for. */
export const computations: Readonly<Record<string, () => Computation[]>> = Object.fromEntries([
  ...(Object.keys(opRows) as (keyof typeof opRows)[]).map((op) => [op, () => ofOp(op)] as const),
  ...(Object.keys(updateRows) as UpdateName[]).map(
    (name) => [`update ${name}`, () => ofUpdate(name)] as const,
  ),
  ...Object.entries(changes).map(([name, change]) => [name, () => ofChange(change)] as const),
]);
