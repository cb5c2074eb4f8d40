import type * as autograd from "../../../autograd/index.ts";
import type { ActivationName, LayerName } from "../../../contracts/internal.ts";
import type * as manual from "../../../manual/index.ts";
import type { LeafName } from "../../trace/catalogue.ts";
import type { Scope } from "../scope.ts";

/** What has no rule: these hold other parts, whose rules are used, or are functions. */
type WithoutRule = "Sequential" | "Residual" | "conv2dByLoops" | "conv2dByLoopsBackward";

/** Everything that needs a rule: all layers and activations that have a contract, and whatever else is translated as one piece. */
export type RuleName = Exclude<LayerName, WithoutRule> | ActivationName | LeafName;

type Made<Class> = Class extends abstract new (...args: never[]) => infer Part ? Part : never;

/** A part of this class, of either side. */
export type PartOf<Name extends RuleName> = Made<(typeof manual)[Name]> | Made<(typeof autograd)[Name]>;

/** One call of a part: the values that it read, by their names in the graph, and the shapes of the first and of the result. */
export interface RuleCall {
  readonly x: string;
  readonly inputs: readonly string[];
  readonly shape: readonly number[];
  readonly outputShape: readonly number[];
}

/** Writes the nodes of one call of a part, and returns the name of the value that it computes. */
export type NodeRule<Name extends RuleName = RuleName> = (
  scope: Scope,
  part: PartOf<Name>,
  call: RuleCall,
) => string;

/** The rules of these classes. */
export type Rules<Names extends RuleName> = { readonly [Name in Names]: NodeRule<Name> };
