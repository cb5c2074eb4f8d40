import type { TypedArray } from "../../dtype.ts";
import type { Engine } from "../../engine.ts";
import { decodeArguments, encodeArguments } from "./encode-arguments.ts";
import { decodeProduct, encodeProduct, type MatrixProduct, partOf, type Tile } from "./matrix-product.ts";
import { partitions, type SharedName, type UnitRange } from "./partition.ts";

/** How one thread computes a part on its own. */
export interface ComputeLocally {
  readonly alone: Engine;
  /** Products are divided at multiples of this. */
  readonly tile: Tile;
  multiply(product: MatrixProduct): void;
}

/** How a task is divided: `units` into `parts`. */
export interface Extent {
  readonly parts: number;
  readonly units: number;
}

// A task as numbers: its kind, parts and units; then a product's numbers, or a method's arguments.
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

/** False if the arguments do not fit. */
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

/** The function that computes a part of the task. While a part is being computed, the numbers stay valid and the memory alive. */
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
