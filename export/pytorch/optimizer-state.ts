import type { OptimizerName } from "../../compare/internal.ts";
import type { OptimizerState, StateDict } from "../../contracts/index.ts";
import { array, type NDArray, zerosLike } from "../../np/index.ts";

/** PyTorch's names of what our optimizers keep for every parameter. PyTorch has all of them. */
export const torchNames: Readonly<Record<OptimizerName, Readonly<Record<string, string>>>> = {
  Adam: { t: "step", m: "exp_avg", v: "exp_avg_sq", vMax: "max_exp_avg_sq" },
  AdamW: { t: "step", m: "exp_avg", v: "exp_avg_sq", vMax: "max_exp_avg_sq" },
  NAdam: { t: "step", m: "exp_avg", v: "exp_avg_sq", product: "mu_product" },
  RAdam: { t: "step", m: "exp_avg", v: "exp_avg_sq" },
  Adamax: { t: "step", m: "exp_avg", u: "exp_inf" },
  RMSprop: { v: "square_avg", m: "grad_avg", velocity: "momentum_buffer" },
  Adagrad: { t: "step", sum: "sum" },
  Adadelta: { v: "square_avg", u: "acc_delta" },
  Rprop: { previous: "prev", size: "step_size" },
  SGD: { velocity: "momentum_buffer" },
};

/** PyTorch counts the steps of these as well, but no formula reads the number; ours do not count. */
const uncounted: readonly string[] = ["RMSprop", "Adadelta", "Rprop"];

/** Arrays that PyTorch makes in its first step, which a group needs from then on: an option, and its array. */
const wanted: readonly (readonly [optimizer: string, option: string, name: string])[] = [
  ["RMSprop", "centered", "grad_avg"],
  ["RMSprop", "momentum", "momentum_buffer"],
  ["Adam", "amsgrad", "max_exp_avg_sq"],
  ["AdamW", "amsgrad", "max_exp_avg_sq"],
];

/**
 * The state of an optimizer in PyTorch's names, `layer1.weight.exp_avg`; `names` are those of its
 * parameters, in its order. A parameter that was never updated has none.
 */
export function torchState(state: OptimizerState, names: readonly string[]): StateDict {
  const { optimizer } = state;
  const table = torchNames[optimizer as OptimizerName];
  const found: StateDict = {};
  const positions = state.groups.flatMap((group) =>
    group.parameters.map((position) => ({ position, group })),
  );
  for (const { position, group } of positions) {
    const own: Record<string, NDArray> = {};
    for (const [ours, theirs] of Object.entries(table)) {
      const kept = state.arrays[`${position}.${ours}`] ?? state.numbers[`${position}.${ours}`];
      if (kept !== undefined) own[theirs] = typeof kept === "number" ? array(kept) : kept;
    }
    const like = Object.keys(table).map((ours) => state.arrays[`${position}.${ours}`]);
    const some = like.find((kept) => kept !== undefined);
    if (some === undefined) continue;
    if (uncounted.includes(optimizer)) own.step = array(0);
    for (const [which, option, name] of wanted)
      if (which === optimizer && group[option]) own[name] ??= zerosLike(some);
    for (const [name, value] of Object.entries(own)) found[`${names[position]}.${name}`] = value;
  }
  return found;
}
