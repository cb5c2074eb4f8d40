// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are found by name
import * as autograd from "../../autograd/index.ts";
import type { OptimizerName } from "../../compare/internal.ts";
import { contracts } from "../../contracts/index.ts";
import { fields, torchKey } from "../../contracts/internal.ts";
import * as manual from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import { torchNames } from "./optimizer-state.ts";
import { pythonArguments, pythonList } from "./python-arguments.ts";
import { pythonValue } from "./python-text.ts";

/** An optimizer of either side. */
export type AnyOptimizer = manual.Optimizer | autograd.Optimizer;

/** The optimizers that PyTorch has as well. */
const known = Object.keys(torchNames) as OptimizerName[];

/** Why PyTorch has no such optimizer, or not for this model; null if it has. */
export function whyNoTorchOptimizer(model: AnyNetwork, optimizer: AnyOptimizer): string | null {
  const { name } = optimizer.constructor;
  const twin = known.find((one) => one === name);
  const isOurs = twin && [manual[twin], autograd[twin]].some((known) => known === optimizer.constructor);
  if (!isOurs)
    return `the optimizer is ${name}, which has no counterpart in torch.optim; train with one of ${known.join(", ")}`;
  const names = namesOf(model, optimizer);
  const foreign = names.indexOf(null);
  return foreign < 0
    ? null
    : `parameter ${foreign} of the optimizer is not one of the model; build it with model.parameters()`;
}

/** The names in the model of the optimizer's parameters, in the optimizer's order; null for one of another model. */
export function namesOf(model: AnyNetwork, optimizer: AnyOptimizer): (string | null)[] {
  const names = new Map(Object.entries(parametersOf(model)).map(([name, value]) => [value, name]));
  return optimizer.parameters.map((p) => names.get("value" in p ? p.value : p.data) ?? null);
}

const isModule = (x: unknown): x is autograd.Module => x instanceof autograd.Module;

/**
 * The parameters of a model of either side by name, with those on tape that are frozen. One in two places
 * has its first name, as in PyTorch.
 */
function parametersOf(model: AnyNetwork): Readonly<Record<string, NDArray>> {
  const entries =
    model instanceof manual.Layer
      ? model.parameters().map(({ name, value }): [string, NDArray] => [name, value])
      : [...fields(model, isModule)].flatMap(({ name, value }): [string, NDArray][] =>
          value instanceof autograd.Tensor ? [[name, value.data]] : [],
        );
  const first = new Map(entries.map(([name, value]) => [value, name]).reverse() as [NDArray, string][]);
  return Object.fromEntries(entries.filter(([name, value]) => first.get(value) === name));
}

/** The lines of train.py that make the optimizer, with all numbers that differ from PyTorch's defaults. */
export function optimizerSource(model: AnyNetwork, optimizer: AnyOptimizer): string {
  const { name } = optimizer.constructor;
  const names = namesOf(model, optimizer) as string[];
  const all = Object.keys(parametersOf(model));
  const options = optimizer.groups.map((group) => optionsOf(name, group));
  const [first] = options;
  const isWhole = optimizer.groups.length === 1 && all.every((one) => names.includes(one));
  if (isWhole && first) return `optimizer = torch.optim.${name}(net.parameters(), ${pythonArguments(first)})`;
  let next = 0;
  const groups = optimizer.groups.map(({ parameters }, i) => {
    const own = names.slice(next, next + parameters.length);
    next += parameters.length;
    const entries = Object.entries(options[i] ?? {}).map(([key, value]) => `"${key}": ${pythonValue(value)}`);
    return `    {"params": [parameters[name] for name in ${pythonList(own)}], ${entries.join(", ")}},`;
  });
  const frozen = all.filter((one) => !names.includes(one));
  const freeze = [
    `frozen = ${pythonList(frozen)}  # the optimizer has none of these`,
    "for name, p in net.named_parameters():",
    "    p.requires_grad = name not in frozen",
  ];
  return [
    ...(frozen.length > 0 ? freeze : []),
    "groups = [",
    ...groups,
    "]",
    `optimizer = torch.optim.${name}(groups, lr=${pythonValue(first?.lr)})`,
  ].join("\n");
}

/** The numbers of a group under PyTorch's names: the learning rate, and what differs from the default. */
function optionsOf(name: string, group: object): Record<string, unknown> {
  const { options } = contracts[name as "Adam"];
  const defaults: Readonly<Record<string, { readonly default?: unknown }>> = options;
  const entries = Object.entries(group).filter(
    ([key, value]) =>
      key === "lr" ||
      (key !== "parameters" && JSON.stringify(value) !== JSON.stringify(defaults[key]?.default)),
  );
  return Object.fromEntries(entries.map(([key, value]) => [torchKey(key), value]));
}
