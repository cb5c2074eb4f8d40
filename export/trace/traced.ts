import type { Module } from "../../autograd/index.ts";
import type { Layer } from "../../manual/index.ts";
import type { DType } from "../../np/index.ts";

/** A network of either side. */
export type AnyNetwork = Layer<readonly unknown[], unknown> | Module<readonly unknown[], unknown>;

/** An array that flowed through a network; two steps that read one object read one array. */
export interface Value {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a network may do between its parts. */
export type ArithmeticName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "neg"
  | "relu"
  | "sigmoid"
  | "tanh"
  | "exp"
  | "log"
  | "flatten";

/** A part was called. */
export interface Call {
  readonly kind: "call";
  /** The part's place in the network around it, with PyTorch's spelling: `layer1`, `layers.0`. */
  readonly name: string;
  readonly part: AnyNetwork;
  readonly inputs: readonly Value[];
  readonly output: Value;
  /**
   * What happened inside; null for a layer of the catalogue. Its inputs are these inputs, and its output
   * is this output, unless it returns an input as it is: then `output` stands for another array.
   */
  readonly inside: Traced | null;
}

/** An operation between parts, such as `y.add(same)`; `flatten` keeps the first axis. */
export interface Arithmetic {
  readonly kind: "arithmetic";
  readonly op: ArithmeticName;
  readonly inputs: readonly (Value | number)[];
  readonly output: Value;
}

export type Step = Call | Arithmetic;

/**
 * One forward of a network, in evaluation mode, as it happened. A network that is a single layer of the
 * catalogue is one call, whose name is "".
 */
export interface Traced {
  readonly part: AnyNetwork;
  readonly inputs: readonly Value[];
  readonly steps: readonly Step[];
  readonly output: Value;
}
