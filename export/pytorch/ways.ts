import type { Problems } from "../trace/problems.ts";
import type { AnyNetwork, Traced } from "../trace/traced.ts";
import { forwardLines } from "./forward-lines.ts";

/** Names every part that computes something else in one of its calls than in another. */
export function blameWays(traced: Traced, problems: Problems): void {
  const ways = new Map<AnyNetwork, string>();
  const visit = (inner: Traced): void => {
    const way = JSON.stringify(forwardLines(inner, (name) => `self.${name}`));
    const before = ways.get(inner.part) ?? way;
    if (before !== way)
      problems.add(inner.part, "computes something else in each of its calls", "Make a class of each");
    ways.set(inner.part, before);
    for (const step of inner.steps) if (step.kind === "call" && step.inside) visit(step.inside);
  };
  visit(traced);
}
