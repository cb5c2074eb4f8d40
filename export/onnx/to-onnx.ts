import {
  type Contract,
  integer,
  type None,
  oneOf,
  optional,
  settleOptions,
  withoutDefault,
} from "../../np/internal.ts";
import { type GivenInputs, inputsIn } from "../trace/given.ts";
import { trace } from "../trace/trace.ts";
import type { AnyNetwork, Value } from "../trace/traced.ts";
import { batchAxisOf, dynamicShape, oneMore, stepsProblem } from "./batch.ts";
import { type Float, Graph } from "./graph.ts";
import { modelBytes } from "./model-proto.ts";
import type { ValueInfoProto } from "./schema/onnx_pb.ts";
import { onnxType, valueInfo } from "./tensors.ts";
import { writeSteps } from "./write-steps.ts";

export interface OnnxOptions {
  /** The type of the weights and of all numbers between input and output; default: that of the network's output. */
  readonly dtype?: "float32" | "float64";
  /** The version of ONNX's operators, 17 … 21; default 17, which every tool since 2022 reads. */
  readonly opset?: number;
}

const contract: Contract<None, OnnxOptions> = {
  name: "toOnnx",
  positional: {},
  options: {
    dtype: withoutDefault(oneOf("float32", "float64"), "the network's"),
    opset: optional(integer({ least: 17, most: 21 }), 17),
  },
};

/**
 * The forward of a network in evaluation mode as an ONNX file, which onnxruntime and other engines run:
 * `writeFileSync("mlp.onnx", toOnnx(new Mlp(), [1, 784]))`. Works for either side.
 *
 * The input is `x`, the output `y`, and any number of samples fits: their axis has the name N.
 * Arrays have the keys of the state dict, `layer1.weight`, and nodes the names of the parts, `layer1`.
 * @param input a batch, or the shape of a batch to draw; it decides all lengths but the number of
 * samples. For a forward with several inputs a list of batches; their names are `x`, `x2`, …
 * @throws RangeError that lists everything that cannot be exported; TypeError unless the model is a
 * layer or module; whatever forward throws for such an input
 */
export function toOnnx(model: AnyNetwork, input: GivenInputs, options: OnnxOptions = {}): Uint8Array {
  const { dtype, opset } = settleOptions("toOnnx", contract, options);
  const inputs = inputsIn(input);
  const traced = trace(model, ...inputs);
  const axis = batchAxisOf(model, traced);
  const larger =
    axis === null
      ? traced
      : trace(model, ...(inputs.map((x) => oneMore(x, axis)) as unknown as typeof inputs));
  const problem = stepsProblem(traced, larger);
  if (problem !== null)
    throw new RangeError(
      `toOnnx: ${model.constructor.name || "the network"} computes otherwise for another number of samples: ${problem}; an ONNX file holds one computation for any number`,
    );
  const float: Float = dtype ?? (traced.output.dtype === "float32" ? "float32" : "float64");
  const names = traced.inputs.map((_, i) => (i === 0 ? "x" : `x${i + 1}`));
  const graph = new Graph({ dtype: float, opset }, model.stateDict(), [...names, "y"]);
  const written = writeSteps(graph, traced, "", names);
  graph.replace(names.includes(written) ? graph.node("Identity", "Identity", [written]) : written, "y");
  const samples = axis === null ? 0 : (traced.inputs[0]?.shape[axis] as number);
  const infoOf = (name: string, one: Value, grown: Value): ValueInfoProto =>
    valueInfo(name, onnxType(one.dtype, float), dynamicShape(one.shape, grown.shape, samples));
  const ends = traced.inputs.map((x, i) => infoOf(names[i] as string, x, larger.inputs[i] as Value));
  const name = model.constructor.name || "network"; // a class without a name
  return modelBytes(graph, name, ends, infoOf("y", traced.output, larger.output));
}
