import { create } from "@bufbuild/protobuf";
import { Tensor } from "../../autograd/index.ts";
import type { NDArray, TypedArray } from "../../np/index.ts";
import { type Attributes, attributeProtos } from "./attributes.ts";
import { Names } from "./names.ts";
import { type NodeProto, NodeProtoSchema, type TensorProto } from "./schema/onnx_pb.ts";
import { type OnnxType, tensorProto } from "./tensors.ts";

/** The float type of a graph. */
export type Float = "float32" | "float64";

/** What a graph is made for. */
export interface Target {
  readonly dtype: Float;
  /** The version of ONNX's operators. */
  readonly opset: number;
}

/** The nodes and arrays of an ONNX graph while it is made. A value has the name of the node that computes it. */
export class Graph implements Target {
  readonly dtype: Float;
  readonly opset: number;
  readonly nodes: NodeProto[] = [];
  /** The arrays of the file, by their names. */
  readonly initializers: Map<string, TensorProto> = new Map();
  readonly #keys: ReadonlyMap<NDArray, string>;
  readonly #constants = new Map<string, string>();
  readonly #names: Names;

  /** @param state the network's state dict; its names and those of the graph's inputs and outputs belong to them */
  constructor({ dtype, opset }: Target, state: Readonly<Record<string, NDArray>>, ends: readonly string[]) {
    this.dtype = dtype;
    this.opset = opset;
    this.#keys = new Map(
      Object.entries(state)
        .map(([key, array]) => [array, key] as const)
        .reverse(),
    );
    this.#names = new Names([...Object.keys(state), ...ends]);
  }

  /** Adds a node that computes one value, and returns its name. Inputs that are null are left out. */
  node(
    name: string,
    opType: string,
    inputs: readonly (string | null)[],
    attributes: Attributes = {},
  ): string {
    const output = this.#names.take(name);
    const given = inputs.slice(0, inputs.findLastIndex((input) => input !== null) + 1);
    this.nodes.push(
      create(NodeProtoSchema, {
        name: output,
        opType,
        input: given.map((input) => input ?? ""),
        output: [output],
        attribute: attributeProtos(attributes),
      }),
    );
    return output;
  }

  /** The name of a parameter or buffer of the network, which the file holds under its key in the state dict. */
  parameter(given: NDArray | Tensor): string {
    const array = given instanceof Tensor ? given.data : given;
    const key = this.#keys.get(array) ?? this.#names.take("parameter");
    if (!this.initializers.has(key))
      this.initializers.set(key, tensorProto(key, this.dtype, array.shape, array.flat()));
    return key;
  }

  /** The name of a constant array; equal ones are kept once. */
  constant(
    name: string,
    type: OnnxType,
    shape: readonly number[],
    numbers: TypedArray | readonly number[],
  ): string {
    const content = `${type} ${shape} ${numbers}`;
    const known = this.#constants.get(content);
    if (known !== undefined) return known;
    const taken = this.#names.take(name);
    this.#constants.set(content, taken);
    this.initializers.set(taken, tensorProto(taken, type, shape, numbers));
    return taken;
  }

  /** Gives a value and its node another name, and returns the one that it got. */
  rename(from: string, to: string): string {
    const taken = this.#names.take(to);
    for (const node of this.nodes) if (node.name === from) node.name = taken;
    this.replace(from, taken);
    return taken;
  }

  /** Gives a value a name that is its own already, such as that of the graph's output; its node keeps its own. */
  replace(from: string, to: string): void {
    const changed = (name: string): string => (name === from ? to : name);
    for (const node of this.nodes) {
      node.input = node.input.map(changed);
      node.output = node.output.map(changed);
    }
  }
}
