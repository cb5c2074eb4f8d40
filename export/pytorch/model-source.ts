import type { AnyNetwork, Traced } from "../trace/traced.ts";
import { PythonClasses } from "./python-classes.ts";
import { after, linesOf } from "./python-text.ts";
import { tieLines } from "./ties.ts";

/**
 * The text of a Python file that defines a network for PyTorch. Its last function, `network()`, makes
 * one; the keys of its state dict are those of the traced network.
 */
export function modelSource(traced: Traced): string {
  const model = traced.part;
  const classes = new PythonClasses(tracesIn(traced));
  const made = classes.expression(model);
  const ties = tieLines(model, (name) => classes.access(model, name, "model"));
  const body =
    ties.length === 0
      ? linesOf(after("return ", made), "    ")
      : [...linesOf(after("model = ", made), "    "), ...ties, "    return model"];
  const parts = [...classes.texts(), ["def network():", ...body, ""].join("\n")];
  return [heading(model, parts.join("\n")), ...parts].join("\n\n");
}

/** All forwards of each part inside of a trace that has parts itself. */
function tracesIn(traced: Traced, found: Map<AnyNetwork, Traced[]> = new Map()): Map<AnyNetwork, Traced[]> {
  found.set(traced.part, [...(found.get(traced.part) ?? []), traced]);
  for (const step of traced.steps) if (step.kind === "call" && step.inside) tracesIn(step.inside, found);
  return found;
}

function heading(model: AnyNetwork, code: string): string {
  const imports = [
    code.includes("torch.") ? "import torch" : null,
    "from torch import nn",
    code.includes("functional.") ? "from torch.nn import functional" : null,
  ];
  const title = `"""${model.constructor.name || "A network"} in PyTorch, written by chalk-and-tape."""`;
  return [title, "", ...imports.filter((line) => line !== null), ""].join("\n");
}
