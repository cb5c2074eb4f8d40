import type { Tensor } from "../../autograd/index.ts";
import { type NDArray, ones, type TypedArray, zeros } from "../../np/index.ts";
import type { Attributes } from "./attributes.ts";
import type { Float, Graph } from "./graph.ts";
import { typeCode } from "./tensors.ts";

/** A graph as one part of the network writes to it: every node and constant is named after the part. */
export class Scope {
  readonly #graph: Graph;
  readonly #path: string;

  /** @param path the part's place in the network, `layer1.0.conv1`; "" for the network itself */
  constructor(graph: Graph, path: string) {
    this.#graph = graph;
    this.#path = path;
  }

  get dtype(): Float {
    return this.#graph.dtype;
  }

  /**
   * Whether an operator with float attributes may be used as it is: in float32. ONNX keeps such
   * attributes in float32, and onnxruntime's CPU kernels of many operators have no float64, so there
   * the operator is composed of smaller ones.
   */
  get isSingle(): boolean {
    return this.dtype === "float32";
  }

  /** Adds a node and returns the name of its value. */
  node(opType: string, inputs: readonly (string | null)[], attributes?: Attributes): string {
    return this.#graph.node(this.#named(opType), opType, inputs, attributes);
  }

  parameter(array: NDArray | Tensor): string {
    return this.#graph.parameter(array);
  }

  /** Numbers of the graph's float type. */
  floats(numbers: TypedArray | readonly number[], shape: readonly number[] = [numbers.length]): string {
    return this.#graph.constant(this.#named("constant"), this.dtype, shape, numbers);
  }

  /** A single number, without axes. */
  number(x: number): string {
    return this.floats([x], []);
  }

  /** Whole numbers: a shape, axes, indices. */
  ints(numbers: TypedArray | readonly number[], shape: readonly number[] = [numbers.length]): string {
    return this.#graph.constant(this.#named("constant"), "int64", shape, numbers);
  }

  /** A parameter, or as many ones if there is none. */
  orOnes(parameter: NDArray | Tensor | null, count: number): string {
    return parameter ? this.parameter(parameter) : this.floats(ones([count]).flat());
  }

  /** A parameter, or as many zeros if there is none. */
  orZeros(parameter: NDArray | Tensor | null, count: number): string {
    return parameter ? this.parameter(parameter) : this.floats(zeros([count]).flat());
  }

  /** The same numbers in another shape; 0 keeps the length of the axis at this place, as of the batch, and −1 takes what is left. */
  reshape(x: string, shape: readonly number[]): string {
    return this.node("Reshape", [x, this.ints(shape)]);
  }

  /** Whole numbers as floats. */
  asFloats(x: string): string {
    return this.node("Cast", [x], { to: typeCode[this.dtype] });
  }

  /** The mean over some axes, which stay with length 1. */
  mean(x: string, axes: readonly number[]): string {
    // Since opset 18 the axes are an input.
    return this.#graph.opset < 18
      ? this.node("ReduceMean", [x], { axes, keepdims: 1 })
      : this.node("ReduceMean", [x, this.ints(axes)], { keepdims: 1 });
  }

  /** Of the nodes of a rule, the one whose value is the part's: it has the part's own name. */
  finish(value: string): string {
    return this.#path === "" ? value : this.#graph.rename(value, this.#path);
  }

  #named(what: string): string {
    return this.#path === "" ? what : `${this.#path}/${what}`;
  }
}
