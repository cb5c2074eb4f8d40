/** A node of a graph without cycles; `inputs` are the ids of nodes before it. */
export interface GraphNode {
  readonly id: number;
  readonly inputs: readonly number[];
}

/** A place: rows are whole numbers from the top, columns lie a box or less apart. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** An edge as the places that it passes, from the node above to the one below. */
export interface Route {
  readonly from: number;
  readonly to: number;
  readonly through: readonly Spot[];
}

export interface Layout {
  readonly places: ReadonlyMap<number, Spot>;
  readonly routes: readonly Route[];
}

/** What stands in a row: a node, or an edge that passes and needs less room. */
interface Item {
  readonly row: number;
  readonly half: number;
  readonly above: Item[];
  readonly below: Item[];
  column: number;
}

const sweeps = 12;

/**
 * Places a graph in rows, so that every edge leads down: each node stands just above the first that
 * reads it. Edges over several rows get a place in each. Within a row the order follows the mean place
 * of the neighbours.
 * @see Sugiyama, Tagawa & Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE SMC 11 (1981)
 */
export function layeredGraph(nodes: readonly GraphNode[]): Layout {
  const rows = rowOf(nodes);
  const items = new Map(nodes.map(({ id }) => [id, itemAt(rows.get(id) ?? 0, 0.5)] as const));
  const passing: Item[] = [];
  const passed = nodes.flatMap(({ id: to, inputs }) =>
    inputs.flatMap((from) => {
      const [start, end] = [items.get(from), items.get(to)];
      if (!start || !end) return [];
      const through = Array.from({ length: end.row - start.row - 1 }, (_, i) =>
        itemAt(start.row + i + 1, 0.12),
      );
      const stops = [start, ...through, end];
      for (const [i, stop] of stops.entries()) {
        stop.below.push(...stops.slice(i + 1, i + 2));
        stop.above.push(...stops.slice(Math.max(0, i - 1), i));
      }
      passing.push(...through);
      return [{ from, to, through }];
    }),
  );
  arrange([...items.values(), ...passing]);
  const spot = ({ row, column }: Item): Spot => ({ row, column });
  return {
    places: new Map([...items].map(([id, item]) => [id, spot(item)])),
    routes: passed.map((route) => ({ ...route, through: route.through.map(spot) })),
  };
}

function itemAt(row: number, half: number): Item {
  return { row, half, above: [], below: [], column: 0 };
}

/** The row of each node, in an order in which inputs come first: as low as what reads it allows. */
function rowOf(nodes: readonly GraphNode[]): Map<number, number> {
  const rows = new Map<number, number>();
  for (const { id, inputs } of nodes)
    rows.set(
      id,
      inputs.reduce((row, input) => Math.max(row, (rows.get(input) ?? 0) + 1), 0),
    );
  const first = new Map<number, number>();
  for (const { id, inputs } of [...nodes].reverse()) {
    const row = (first.get(id) ?? (rows.get(id) ?? 0) + 1) - 1;
    rows.set(id, row);
    for (const input of inputs) first.set(input, Math.min(row, first.get(input) ?? row));
  }
  return rows;
}

/** Orders each row by the mean column of its neighbours, down and up in turn; then straightens the edges. */
function arrange(items: readonly Item[]): void {
  const rows: Item[][] = [];
  for (const item of items) {
    const row = rows[item.row] ?? [];
    row.push(item);
    rows[item.row] = row;
  }
  for (const row of rows) spread(row, new Map());
  for (let sweep = 0; sweep < 2 * sweeps; sweep++) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? rows : [...rows].reverse()) {
      const near = (item: Item): Item[] =>
        sweep >= sweeps ? [...item.above, ...item.below] : isDown ? item.above : item.below;
      const wish = new Map(row.map((item) => [item, mean(near(item)) ?? item.column]));
      if (sweep < sweeps) row.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
      spread(row, wish);
    }
  }
}

/** Gives each item of a row the column that it wishes for, or the next free one; the row as a whole is moved to the middle of the wishes. */
function spread(row: readonly Item[], wish: ReadonlyMap<Item, number>): void {
  let free = Number.NEGATIVE_INFINITY;
  for (const item of row) {
    item.column = Math.max(wish.get(item) ?? 0, free + item.half);
    free = item.column + item.half;
  }
  const shift = row.reduce((sum, item) => sum + item.column - (wish.get(item) ?? 0), 0) / row.length;
  for (const item of row) item.column -= shift;
}

function mean(items: readonly Item[]): number | null {
  return items.length > 0 ? items.reduce((sum, { column }) => sum + column, 0) / items.length : null;
}
