import type { Diagnosis } from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import type { AnyLayer, AnyModule } from "../../subjects/sides.ts";
import type { Inputs } from "../evidence.ts";
import type { Call, Run } from "./calls.ts";

/** The first point, in the order of the pass, where the two sides differ. */
export interface FirstDifference {
  readonly pass: "forward" | "backward";
  /** The path of the part, `layer2` or `layers[1]`; "" for a network or layer as a whole. */
  readonly part: string;
  /** "part": its inputs agree and its outputs differ. "network": the network passes a wrong array to the part. */
  readonly blame: "part" | "network";
  /** The quantities that differ there: "y", "dy", "x" (dx) or the names of parameters. */
  readonly quantities: readonly string[];
  /** The diagnosis of the first of them. */
  readonly diagnosis?: Diagnosis;
  /** Where it is, without the diagnosis. */
  readonly place: string;
  readonly text: string;
}

/** Both networks, built with equal weights, and one run, with an earlier run before it so that stale caches show. */
export interface FirstDifferenceQuestion {
  readonly left: AnyLayer;
  readonly right: AnyModule;
  readonly inputs: Inputs;
  readonly dy: NDArray;
  readonly earlier?: { readonly inputs: Inputs; readonly dy: NDArray };
  /** The batch axis of x; default 0. */
  readonly batchAxis?: number;
  /** The number of leading inputs that have gradients; default 1. */
  readonly differentiable?: number;
  /** Relative to each array's largest element; default 1e-10. */
  readonly tolerance?: number;
}

/** The same call on both sides. */
export interface CallPair {
  readonly ours: Call<AnyLayer>;
  readonly theirs: Call<AnyModule>;
  /** The tape's call in the earlier run. */
  readonly before?: Call<AnyModule> | undefined;
}

export interface Runs {
  readonly ours: Run<AnyLayer>;
  readonly theirs: Run<AnyModule>;
  readonly pairs: readonly CallPair[];
  readonly same: (a: unknown, b: unknown) => boolean;
}
