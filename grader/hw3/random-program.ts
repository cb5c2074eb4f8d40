import { hw3 } from "../../homework/internal.ts";
import { broadcastShapes, type Random, sizeOf } from "../../np/index.ts";

type Shape = readonly number[];

const leafShapes: readonly Shape[] = [[2, 3], [3], [2, 1], [3, 2], [3, 3], [], [1, 3]];
const largest = 64;

/** A program of all operations on leaves of mixed shapes; most results are read, some twice. */
export function drawProgram(random: Random, count: number): hw3.Program {
  const leaves = leafShapes.map((shape) => hw3.draw(random, shape));
  const learns = leaves.map((_, i) => i === 0 || random.integers(0, 5) > 0);
  const steps: hw3.Step[] = [];
  const shapes: Shape[] = [...leafShapes];
  for (let i = 0; i < count; i++) {
    // Mostly the newest result, so that the last one depends on many; never a constant alone.
    const drawn = random.integers(0, shapes.length);
    const isNewest = i === count - 1 || random.integers(0, 4) > 0 || learns[drawn] === false;
    const a = i === 0 ? 0 : isNewest ? shapes.length - 1 : drawn;
    const ways = waysOn(random, shapes, a);
    const kinds = [...new Set(ways.map(([{ operation }]) => operation))];
    const kind = kinds[random.integers(0, kinds.length)];
    const few = ways.filter(([{ operation }]) => operation === kind);
    const [step, shape] = few[random.integers(0, few.length)] as (typeof few)[number];
    steps.push(step);
    shapes.push(shape);
  }
  return { leaves, learns, steps };
}

/** What can be done with node a, and the shape that it gives. */
function waysOn(
  random: Random,
  shapes: readonly Shape[],
  a: number,
): readonly (readonly [hw3.Step, Shape])[] {
  const shape = shapes[a] as Shape;
  const isEarly = random.integers(0, 2) === 0;
  const pairs = shapes.flatMap((other, b) => {
    const [first, second] = isEarly ? [a, b] : [b, a];
    const both = broadcast(shape, other);
    const sums = both
      ? (["add", "mul"] as const).map((operation) => [{ operation, a: first, b: second }, both] as const)
      : [];
    const [n, k] = shapes[first] as Shape;
    const [k2, m] = shapes[second] as Shape;
    const areMatrices = shape.length === 2 && other.length === 2 && k === k2;
    const product = areMatrices
      ? [[{ operation: "matmul", a: first, b: second }, [n, m] as Shape] as const]
      : [];
    return [...sums, ...product];
  });
  const axis = shape.length > 0 ? random.integers(-shape.length, shape.length) : null;
  const kept = shape.map((length, i) =>
    axis === null || i === (axis + shape.length) % shape.length ? 1 : length,
  );
  const lost = shape.filter((_, i) => axis !== null && i !== (axis + shape.length) % shape.length);
  const keepDims = random.integers(0, 2) === 0;
  const turned = [...shape].reverse();
  const wide = shape.length < 3 ? [2, ...shape.map((length) => (length === 1 ? 3 : length))] : shape;
  return [
    ...pairs,
    [{ operation: "relu", a }, shape],
    [{ operation: "sum", a, axis, keepDims }, keepDims ? kept : lost],
    [{ operation: "reshape", a, shape: turned }, turned],
    ...(sizeOf(wide) <= largest ? [[{ operation: "broadcastTo", a, shape: wide }, wide] as const] : []),
  ];
}

function broadcast(a: Shape, b: Shape): Shape | null {
  try {
    return broadcastShapes("drawProgram", a, b);
  } catch {
    return null;
  }
}
