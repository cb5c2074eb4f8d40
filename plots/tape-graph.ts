import { formatShape } from "../np/index.ts";
import {
  anyNumber,
  expectArgument,
  integer,
  listWith,
  type OptionTable,
  objectWith,
  settleOptions,
  text,
  withoutDefault,
} from "../np/internal.ts";
import { chart } from "./chart.ts";
import { layeredGraph, type Route, type Spot } from "./layered-graph.ts";
import { inPixels } from "./linear-axis.ts";
import { type HoldsArray, valuesOf } from "./numbers.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

/** One row of a tape, as `tapeOf` of the tape side returns it. */
export interface GraphRow {
  readonly id: number;
  /** The op that made the array; `leaf` or `constant` if none did. */
  readonly op: string;
  readonly name?: string | undefined;
  /** The ids of the rows that the op read. */
  readonly inputs: readonly number[];
  readonly shape: readonly number[];
  readonly requiresGrad?: boolean | undefined;
  /** Its gradient's norm is shown once there is one. */
  readonly tensor?: { readonly grad: HoldsArray | null } | undefined;
}

export interface TapeGraphOptions {
  /** Above the picture. Default: none. */
  readonly title?: string | undefined;
}

const contract = {
  name: "tapeGraph",
  positional: {},
  options: { title: withoutDefault(text) } satisfies OptionTable<TapeGraphOptions>,
};

const someRows = listWith(
  "the rows of a tape, as tapeOf returns them",
  objectWith<GraphRow>("a row { id, op, inputs, shape }", {
    id: anyNumber,
    op: text,
    inputs: listWith("a list of ids", integer({ least: 0 })),
    shape: listWith("a shape", anyNumber),
  }),
);

/** A box in pixels; it grows with its text. */
const box = { width: 100, height: 46, gap: 22, down: 78 };

/**
 * Draws a tape as a graph, from the leaves down to the result: a box for each op with the shape of what
 * it made, and the norm of its gradient ‖∂L/∂·‖ where one is kept. Leaves that learn have a thick
 * border, constants a dashed one. An array that is read twice has two arrows, which are thick, and its
 * box says how often it is read: there `backward` adds gradients.
 * @throws TypeError for anything but rows; RangeError for an input that is not a row before
 * @example tapeGraph([{ id: 0, op: "leaf", inputs: [], shape: [2] }, { id: 1, op: "sum", inputs: [0], shape: [] }]).description // "A tape from 1 leaf or constant over 1 step to sum: sum reads leaf."
 */
export function tapeGraph(rows: readonly GraphRow[], options: TapeGraphOptions = {}): Picture {
  expectArgument("tapeGraph", "rows", someRows, rows);
  const { title } = settleOptions("tapeGraph", contract, options);
  expectOrder(rows);
  const { places, routes } = layeredGraph(rows);
  const wide = Math.max(box.width, ...rows.map((row) => 7.6 * headOf(row).length + 12));
  const columns = [...places.values(), ...routes.flatMap(({ through }) => through)].map(
    ({ column }) => column,
  );
  const least = Math.min(...columns);
  const x = (column: number): number => (column - least) * (wide + box.gap) + wide / 2 + 2;
  const y = (row: number): number => row * box.down + box.height / 2 + 2;
  const at = (id: number): Spot => places.get(id) ?? { row: 0, column: 0 };
  const nodes = rows.map((row) => {
    const times = routes.filter(({ from }) => from === row.id).length;
    const gradient = row.tensor?.grad;
    return {
      kind: row.inputs.length > 0 ? "step" : row.requiresGrad ? "leaf" : "constant",
      x: x(at(row.id).column),
      y: y(at(row.id).row),
      head: headOf(row),
      shape: `${formatShape(row.shape)}${times > 1 ? `  read ${times}×` : ""}`,
      gradient: gradient ? `‖grad‖ ${Number(norm(gradient).toPrecision(3))}` : "",
    };
  });
  /** Where an edge leaves or enters a box: beside the other edges there, in the order of where they go. */
  const port = (route: Route, end: "from" | "to"): number => {
    const next = ({ through, from, to }: Route): number =>
      ((end === "from" ? through[0] : through.at(-1)) ?? at(end === "from" ? to : from)).column;
    const others = routes.filter((other) => other[end] === route[end]);
    const order = [...others].sort((a, b) => next(a) - next(b)).indexOf(route);
    return (
      x(at(route[end]).column) + (order - (others.length - 1) / 2) * Math.min(26, wide / (others.length + 1))
    );
  };
  const edges = routes.map((route, edge) => {
    const { from, to, through } = route;
    const half = box.height / 2;
    return {
      twice: routes.filter((other) => other.from === from).length > 1,
      points: [
        { x: port(route, "from"), y: y(at(from).row) + half },
        ...through.flatMap(({ row, column }) =>
          [-half, half].map((dy) => ({ x: x(column), y: y(row) + dy })),
        ),
        { x: port(route, "to"), y: y(at(to).row) - half - 5 },
      ].map((point, i) => ({ ...point, i, edge })),
    };
  });
  const place = {
    x: inPixels("x"),
    y: inPixels("y"),
  };
  const boxes = (kind: string, look: object): object => ({
    data: { values: nodes.filter((node) => node.kind === kind) },
    mark: {
      type: "rect",
      width: wide,
      height: box.height,
      fill: palette.board,
      stroke: palette.ink,
      ...look,
    },
    encoding: place,
  });
  const words = (field: string, dy: number, look: object): object => ({
    data: { values: nodes },
    mark: {
      type: "text",
      baseline: "middle",
      fontSize: 12,
      color: palette.ink,
      limit: 2 * wide,
      ...look,
    },
    encoding: { ...place, yOffset: { value: dy }, text: { field } },
  });
  const arrows = (twice: boolean, look: object): object[] => {
    const drawn = edges.filter((edge) => edge.twice === twice);
    return [
      {
        data: { values: drawn.flatMap(({ points }) => points) },
        mark: { type: "line", strokeJoin: "round", ...look },
        encoding: { ...place, detail: { field: "edge", type: "nominal" }, order: { field: "i" } },
      },
      {
        data: { values: drawn.map(({ points }) => points.at(-1)) },
        mark: { type: "point", shape: "triangle-down", filled: true, size: 50, opacity: 1, ...look },
        encoding: place,
      },
    ];
  };
  return chart(
    said(rows),
    {
      width: x(Math.max(...columns)) + wide / 2 + 2,
      height: Math.max(...nodes.map((node) => node.y)) + box.height / 2 + 2,
      layer: [
        ...arrows(false, { color: palette.muted, strokeWidth: 1.3 }),
        ...arrows(true, { color: palette.test, strokeWidth: 2.6 }),
        boxes("constant", { strokeDash: [4, 3], strokeWidth: 1 }),
        boxes("leaf", { strokeWidth: 3, stroke: palette.train }),
        boxes("step", { cornerRadius: 12, strokeWidth: 1 }),
        words("head", -13, { fontWeight: "bold" }),
        words("shape", 1, { color: palette.muted }),
        words("gradient", 15, { fontSize: 11 }),
      ],
    },
    { title },
  );
}

/** `#0 w`, `#2 matmul`, or `#2 h = matmul` for a result with a name: the number is the row's. */
function headOf({ id, name, op, inputs }: GraphRow): string {
  return `#${id} ${name === undefined ? op : inputs.length > 0 ? `${name} = ${op}` : name}`;
}

/** @throws RangeError unless ids differ and inputs come first */
function expectOrder(rows: readonly GraphRow[]): void {
  const seen = new Set<number>();
  for (const { id, op, inputs } of rows) {
    const odd = inputs.find((input) => !seen.has(input));
    if (odd !== undefined || seen.has(id)) {
      throw new RangeError(
        `tapeGraph: row ${id} (${op}) ${odd === undefined ? "is there twice" : `reads row ${odd}, which is not before it`}; give the rows of one tape in their order`,
      );
    }
    seen.add(id);
  }
  if (rows.length === 0) throw new RangeError("tapeGraph: there are no rows, expected those of tapeOf(loss)");
}

function norm(gradient: HoldsArray): number {
  return Math.sqrt(valuesOf(gradient.data).reduce((sum, value) => sum + value * value, 0));
}

function said(rows: readonly GraphRow[]): string {
  const steps = rows.filter(({ inputs }) => inputs.length > 0);
  const given = rows.length - steps.length;
  const called = (id: number): string => {
    const row = rows.find((one) => one.id === id);
    return row?.name ?? row?.op ?? "";
  };
  const reads = steps.map(
    ({ id, op, inputs }) =>
      `${called(id) === op ? op : `${called(id)} = ${op}`} reads ${inputs.map(called).join(" and ")}`,
  );
  return (
    `A tape from ${given} ${given === 1 ? "leaf or constant" : "leaves and constants"} over ${steps.length} ${steps.length === 1 ? "step" : "steps"} to ${called(rows.at(-1)?.id ?? 0)}` +
    `${reads.length > 0 ? `: ${reads.join("; ")}` : ""}.`
  );
}
