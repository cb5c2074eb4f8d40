// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import * as autograd from "chalk-and-tape/autograd";
import { type AnyContract, contracts } from "chalk-and-tape/contracts";
import * as manual from "chalk-and-tape/manual";
import { array, NDArray, random } from "chalk-and-tape/np";
import { isFloat } from "#internal/np";

/** Arrays by name: of inputs `x` and `x2`, of parameters and buffers PyTorch's keys. */
export type Arrays = Readonly<Record<string, NDArray>>;

/** One forward and backward. */
export interface Pass {
  readonly y: NDArray;
  /** Of the inputs that have one, in their order. */
  readonly inputs: readonly NDArray[];
  readonly parameters: Arrays;
}

/** A layer, loss or model of either side, driven in one vocabulary. */
export interface Network {
  parameters(): Arrays;
  state(): Arrays;
  load(state: Arrays): void;
  eval(): void;
  forward(inputs: readonly NDArray[]): NDArray;
  pass(inputs: readonly NDArray[], dy: (y: NDArray) => NDArray | number): Pass;
}

export interface Side {
  readonly name: "chalk" | "tape";
  /** The class of this name with the arguments of a table's case. */
  build(name: string, args: readonly unknown[], options?: BuildOptions): Network;
  /** `parameters` stepped through given gradients; after each step all their elements. */
  optimize(
    name: string,
    options: object,
    groups: readonly object[] | undefined,
    start: readonly NDArray[],
    gradientAt: (step: number, k: number, value: NDArray) => NDArray,
  ): number[][];
}

export interface BuildOptions {
  /** Whether an option that is a list is an array of numbers, as in losses. */
  readonly lists?: boolean;
  readonly more?: object;
  /** Whether a loss's target is a tensor with a gradient, on tape. */
  readonly targetGradient?: boolean;
}

type Class = new (...args: readonly unknown[]) => unknown;

function isLayer(value: unknown): value is Record<string, readonly unknown[]> {
  return isObject(value) && Object.keys(value).length === 1 && /^[A-Z]/.test(Object.keys(value)[0] as string);
}
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** PyTorch's arguments, by position and by keyword, as ours: by position what the contract says, the others as options. */
function translated(
  name: string,
  positional: readonly unknown[],
  keywords: object,
  extra: object,
): unknown[] {
  const contract: AnyContract = contracts[name as keyof typeof contracts];
  if (contract.rest) return [...positional];
  const [first, options] = [Object.keys(contract.positional), Object.keys(contract.options)];
  const byOrder = positional.map((value, i) => [[...first, ...options][i], value]);
  const given: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(extra).filter(([key]) => options.includes(key))),
    ...Object.fromEntries(byOrder),
    ...keywords,
  };
  const rest = Object.entries(given).filter(([key]) => !first.includes(key));
  return [...first.map((key) => given[key]), ...(options.length > 0 ? [Object.fromEntries(rest)] : [])];
}

/** make.py's `build`: nested layers, options last; weights come from a fixed seed, and are overwritten. */
function build(
  classes: Readonly<Record<string, unknown>>,
  name: string,
  args: readonly unknown[],
  { lists = false, more = {} }: BuildOptions = {},
): unknown {
  const nested = (value: unknown): unknown => {
    if (!isLayer(value)) return value;
    const [[inner, its]] = Object.entries(value) as [[string, readonly unknown[]]];
    return build(classes, inner, its, { lists });
  };
  const last = args.at(-1);
  const hasOptions = isObject(last) && !isLayer(last);
  const given = Object.entries(hasOptions ? last : {}).map(([key, value]) => [
    key,
    lists && Array.isArray(value) ? array(value) : nested(value),
  ]);
  const positional = (hasOptions ? args.slice(0, -1) : args).map(nested);
  const made = classes[name] as Class;
  return new made(...translated(name, positional, Object.fromEntries(given), { rng: random(0), ...more }));
}

const flat = (arrays: readonly NDArray[]): number[] => arrays.flatMap((x) => [...x.flat()]);

function chalkNetwork(layer: manual.Layer<readonly NDArray[], NDArray | readonly NDArray[] | null>): Network {
  return {
    parameters: () => Object.fromEntries(layer.parameters().map((p) => [p.name, p.value])),
    state: () => layer.stateDict(),
    load: (state) => layer.loadStateDict({ ...state }),
    eval: () => layer.eval(),
    forward: (inputs) => layer.forward(...inputs),
    pass(inputs, dy) {
      const y = layer.forward(...inputs);
      const dx = layer.backward(dy(y) as NDArray);
      return {
        y,
        inputs: dx === null ? [] : dx instanceof NDArray ? [dx] : dx,
        parameters: Object.fromEntries(layer.parameters().map((p) => [p.name, p.gradient as NDArray])),
      };
    },
  };
}

function tapeNetwork(module: autograd.Module<readonly unknown[]>, targetGradient: boolean): Network {
  const leavesOf = (inputs: readonly NDArray[]) => tapeInputs(module, inputs, targetGradient);
  return {
    parameters: () => Object.fromEntries(module.namedParameters().map(([key, p]) => [key, p.data])),
    state: () => module.stateDict(),
    load: (state) => module.loadStateDict({ ...state }),
    eval: () => module.eval(),
    forward: (inputs) => module.forward(...leavesOf(inputs)).data,
    pass(inputs, dy) {
      const given = leavesOf(inputs);
      module.zeroGrad();
      const y = module.forward(...given);
      y.backward(dy(y.data));
      const named = module.namedParameters().map(([key, p]) => [key, (p.grad as autograd.Tensor).data]);
      const leaves = given.filter((x) => x instanceof autograd.Tensor);
      return {
        y: y.data,
        inputs: leaves.map((x) => (x.grad as autograd.Tensor).data),
        parameters: Object.fromEntries(named),
      };
    },
  };
}

/** A loss's last input is its target, a constant unless it has a gradient; integers are constants. */
function tapeInputs(
  module: object,
  inputs: readonly NDArray[],
  targetGradient: boolean,
): (autograd.Tensor | NDArray)[] {
  const isLoss = module.constructor.name.endsWith("Loss") && !targetGradient;
  return inputs.map((x, i) =>
    (isLoss && i === inputs.length - 1) || !isFloat(x.dtype) ? x : new autograd.Tensor(x, true),
  );
}

export const chalk: Side = {
  name: "chalk",
  build: (...given) => chalkNetwork(build(manual, ...given) as Parameters<typeof chalkNetwork>[0]),
  optimize(name, options, groups, start, gradientAt) {
    const parameters = start.map((x, k) => ({
      name: `p${k}`,
      value: x.copy(),
      gradient: null as NDArray | null,
    }));
    const given = groups?.map((group, k) => ({ ...group, parameters: [parameters[k]] })) ?? parameters;
    const optimizer = new (manual[name as "SGD"] as unknown as Class)(given, options) as manual.Optimizer;
    return Array.from({ length: 20 }, (_, i) => {
      for (const [k, p] of parameters.entries()) p.gradient = gradientAt(i + 1, k, p.value);
      optimizer.step();
      return flat(parameters.map((p) => p.value));
    });
  },
};

export const tape: Side = {
  name: "tape",
  build: (name, args, options) =>
    tapeNetwork(
      build(autograd, name, args, options) as Parameters<typeof tapeNetwork>[0],
      options?.targetGradient ?? false,
    ),
  optimize(name, options, groups, start, gradientAt) {
    const parameters = start.map((x) => autograd.tensor(x, { requiresGrad: true }));
    const given = groups?.map((group, k) => ({ ...group, parameters: [parameters[k]] })) ?? parameters;
    const optimizer = new (autograd[name as "SGD"] as unknown as Class)(given, options) as autograd.Optimizer;
    return Array.from({ length: 20 }, (_, i) => {
      for (const [k, p] of parameters.entries()) p.grad = new autograd.Tensor(gradientAt(i + 1, k, p.data));
      optimizer.step();
      return flat(parameters.map((p) => p.data));
    });
  },
};

export const sides: readonly Side[] = [chalk, tape];
