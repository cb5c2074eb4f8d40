import { isFloat } from "../../np/internal.ts";
import { leafName } from "../trace/catalogue.ts";
import type { Arithmetic, Call, Step, Traced, Value } from "../trace/traced.ts";
import { arithmetic } from "./arithmetic.ts";
import type { Graph } from "./graph.ts";
import { rules } from "./rules/index.ts";
import type { NodeRule } from "./rules/rule.ts";
import { Scope } from "./scope.ts";

/** The name in the graph of an array that a step reads. */
type NameOf = (value: Value) => string;

/**
 * Writes the steps of a network into a graph, and returns the name of its output there.
 * @param prefix what comes before the names of parts: "" or `layer1.`
 * @param inputs the names of the network's inputs in the graph
 */
export function writeSteps(graph: Graph, traced: Traced, prefix: string, inputs: readonly string[]): string {
  const names = new Map<Value, string>();
  for (const [i, value] of traced.inputs.entries()) names.set(value, inputs[i] as string);
  const nameOf: NameOf = (value) => {
    const name = names.get(value);
    if (name === undefined)
      throw new Error(`export: a step at ${prefix || "the top"} reads an unknown array`);
    return name;
  };
  for (const step of traced.steps) {
    const written =
      step.kind === "call"
        ? writeCall(graph, step, prefix + step.name, step.inputs.map(nameOf))
        : writeArithmetic(graph, step, prefix, nameOf);
    names.set(step.output, written);
  }
  return nameOf(traced.output);
}

function writeCall(graph: Graph, call: Call, path: string, inputs: readonly string[]): string {
  if (call.inside) return writeSteps(graph, call.inside, `${path}.`, inputs);
  const name = leafName(call.part);
  if (name === null) throw new Error(`export: ${path} is a ${call.part.constructor.name}, which has no rule`);
  const rule = rules[name] as NodeRule;
  const scope = new Scope(graph, path);
  const { shape } = call.inputs[0] as Value;
  const given = name === "Embedding" ? inputs : asOutput(scope, call, inputs); // its input stays whole
  const x = given[0] as string;
  return scope.finish(
    rule(scope, call.part as never, { x, inputs: given, shape, outputShape: call.output.shape }),
  );
}

function writeArithmetic(graph: Graph, step: Arithmetic, prefix: string, nameOf: NameOf): string {
  const { op, inputs, output } = step;
  const scope = new Scope(graph, prefix + op);
  const number = (x: number): string => (isFloat(output.dtype) ? scope.number(x) : scope.ints([x], []));
  const given = inputs.map((x) => (typeof x === "number" ? number(x) : nameOf(x)));
  return scope.finish(arithmetic[op](scope, asOutput(scope, step, given)));
}

/** The inputs of a step. If it makes floats, whole numbers become floats first: ONNX does not mix them. */
function asOutput(scope: Scope, { inputs, output }: Step, names: readonly string[]): readonly string[] {
  if (!isFloat(output.dtype)) return names;
  return names.map((name, i) => {
    const input = inputs[i] as Value | number;
    return typeof input === "number" || isFloat(input.dtype) ? name : scope.asFloats(name);
  });
}
