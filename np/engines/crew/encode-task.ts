import type { TypedArray } from "../../dtype.ts";
import type { Engine } from "../../engine.ts";
import { decodeArguments, encodeArguments } from "./encode-arguments.ts";
import { decodeProduct, encodeProduct, type MatrixProduct, partOf, type Tile } from "./matrix-product.ts";
import { partitions, type SharedName, type UnitRange } from "./partition.ts";

/** What any thread of a crew computes a part with: on one thread. */
export interface ComputeLocally {
  readonly alone: Engine;
  /** Products are divided at multiples of this. */
  readonly tile: Tile;
  multiply(product: MatrixProduct): void;
}

/** How a task is cut: so many units into so many parts. */
export interface Extent {
  readonly parts: number;
  readonly units: number;
}

// A task's numbers: what it is, its parts, its units; then a product's numbers, or a method's arguments.
export const body = 3;
export const kindOfProduct = 0;
const methods = Object.keys(partitions) as readonly SharedName[];

export function encodeHead(numbers: Float64Array, kind: number, { parts, units }: Extent): void {
  numbers[0] = kind;
  numbers[1] = parts;
  numbers[2] = units;
}

export function encodeProductTask(numbers: Float64Array, extent: Extent, product: MatrixProduct): boolean {
  encodeHead(numbers, kindOfProduct, extent);
  encodeProduct(numbers, body, product);
  return true;
}

/** False where the arguments are too many. */
export function encodeMethodTask(
  numbers: Float64Array,
  extent: Extent,
  method: SharedName,
  args: readonly unknown[],
  addressOf: (memory: TypedArray) => bigint,
): boolean {
  encodeHead(numbers, 1 + methods.indexOf(method), extent);
  return encodeArguments(numbers, body, args, addressOf);
}

export function decodeExtent(numbers: Float64Array): Extent {
  return { parts: numbers[1] as number, units: numbers[2] as number };
}

/** How the parts of the task are computed, by a thread that has taken one: until that is done the numbers are whole, and the memory alive. */
export function decodeWork(
  numbers: Float64Array,
  { alone, multiply, tile }: ComputeLocally,
  regionOf: (start: number) => ArrayBuffer,
): (part: UnitRange) => void {
  const kind = numbers[0] as number;
  if (kind === kindOfProduct) {
    const product = decodeProduct(numbers, body);
    return (part) => multiply(partOf(product, tile, part));
  }
  return workOfMethod(
    alone,
    methods[kind - 1] as SharedName,
    decodeArguments(numbers, body, regionOf) as never,
  );
}

export function workOfMethod<K extends SharedName>(
  alone: Engine,
  method: K,
  args: Parameters<Engine[K]>,
): (part: UnitRange) => void {
  const compute = alone[method] as (...args: Parameters<Engine[K]>) => void;
  const { part } = partitions[method];
  return (taken) => compute.apply(alone, part(taken, args));
}
