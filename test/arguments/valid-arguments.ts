// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
/** A valid call of every public function, method and constructor: only what must be given. */
import * as autograd from "chalk-and-tape/autograd";
import { tensor } from "chalk-and-tape/autograd";
import { cases } from "chalk-and-tape/compare";
import { type AnyContract, contracts } from "chalk-and-tape/contracts";
import * as datasets from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, ones, zeros } from "chalk-and-tape/np";
import * as plots from "chalk-and-tape/plots";
import * as training from "chalk-and-tape/training";
import { drawInputs } from "#internal/compare";
import { fitting, type SideName } from "../contracts/samples.ts";
import type { Place, PublicCall } from "./public-calls.ts";
import { title } from "./public-calls.ts";
import { ofAutograd, ofFunctional } from "./valid/of-autograd.ts";
import { ofNp } from "./valid/of-np.ts";
import { ofOtherRooms } from "./valid/of-other-rooms.ts";
import { image, rng, t, x } from "./valid/samples.ts";

/** What a call is made on, null for a function, and what it is given. */
export interface ValidCall {
  readonly on: object | null;
  readonly args: readonly unknown[];
}

const functions = { ...ofNp.functions, ...ofAutograd.functions, ...ofOtherRooms.functions };
const methods = { ...ofNp.methods, ...ofAutograd.methods, ...ofOtherRooms.methods };
const instances = { ...ofNp.instances, ...ofAutograd.instances, ...ofOtherRooms.instances };

const all: Readonly<Record<string, AnyContract>> = {
  ...contracts,
  ...datasets.datasetContracts,
  ...training.scheduleContracts,
};
const rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  manual,
  autograd,
  training,
  datasets,
  plots,
};
const quiet: Readonly<Record<string, unknown>> = { width: 1 / 16, n: 10 };

/** The required arguments of a contract, with a stream and a small size where it has these options. */
function declared(side: SideName, { name, positional, options, rest }: AnyContract): readonly unknown[] {
  const values = Object.entries(positional).map(([key, one]) =>
    one.required ? fitting(side, key, one) : undefined,
  );
  if (rest) return values[0] as readonly unknown[];
  const small = { rng: rng(), ...quiet, ...(name === "Mlp" ? { sizes: [5, 4, 3, 2] } : {}) };
  const given = Object.entries(small).filter(([key]) => key in options);
  while (given.length === 0 && values.length > 0 && values.at(-1) === undefined) values.pop();
  return given.length > 0 ? [...values, Object.fromEntries(given)] : values;
}

function constructed(call: PublicCall): object {
  const Class = rooms[call.room]?.[call.className ?? ""] as new (...args: readonly unknown[]) => object;
  return new Class(...(validArguments({ ...call, kind: "constructor" }) ?? []));
}

/** An object of a class of either side, from its first case, after one forward. */
function fromCase({
  room,
  className,
}: PublicCall): { on: object; inputs: readonly NDArray[]; y: NDArray } | null {
  const row = cases.find(({ name }) => name === className);
  if (!row || (room !== "manual" && room !== "autograd")) return null;
  const inputs = [...drawInputs(row.inputs, rng()).values()];
  if (room === "manual") {
    const layer = row.manual(rng());
    const y = layer.forward(...inputs);
    if (!row.optimizer) return { on: layer, inputs, y };
    layer.backward(ones(y.shape));
    return { on: row.optimizer.build.manual(layer.parameters()), inputs: [], y };
  }
  const module = row.autograd(rng());
  const y = module.forward(tensor(inputs[0] as NDArray), ...inputs.slice(1));
  if (!row.optimizer) return { on: module, inputs, y: y.data };
  y.sum().backward();
  return { on: row.optimizer.build.autograd(module.parameters()), inputs: [], y: y.data };
}

function required({ places }: PublicCall): readonly Place[] {
  return places.filter(({ isOptional }) => !isOptional);
}

function validArguments(call: PublicCall): readonly unknown[] | null {
  const own = functions[title(call)];
  if (own) return own();
  if (call.room === "functional")
    return ofFunctional[call.name]?.() ?? [t(), zeros([2, 3])].slice(0, required(call).length);
  const must = required(call);
  if (call.room === "np" && must.every(({ name }) => /^[abx]$/.test(name))) return must.map(x);
  const contract = all[call.className ?? call.name];
  return contract ? declared(call.room === "autograd" ? "tape" : "chalk", contract) : null;
}

/** A valid call, made anew; null for one that no table knows. */
export function validCall(call: PublicCall): ValidCall | null {
  if (call.kind === "function" || call.kind === "constructor" || call.kind === "static") {
    const args = validArguments(call);
    return (args ?? (call.places.every(({ isOptional }) => isOptional) ? [] : null))
      ? { on: null, args: args ?? [] }
      : null;
  }
  const name = title(call);
  const own = `${call.room}.${call.className}`;
  const known = fromCase(call);
  const on = instances[name]?.() ?? instances[own]?.() ?? known?.on ?? constructed(call);
  return { on, args: methods[name]?.(on) ?? usual(call, on, known) };
}

/** The arguments of the methods that many classes have. */
function usual(call: PublicCall, on: object, known: ReturnType<typeof fromCase>): readonly unknown[] {
  const { name, places, room } = call;
  if (name === "forward" && known)
    return room === "autograd" ? known.inputs.map((one, i) => (i === 0 ? tensor(one) : one)) : known.inputs;
  if (name === "forward") return [image(), rng()].slice(0, places.length);
  if (name === "backward" && known) return known.y.ndim === 0 ? [] : [ones(known.y.shape)];
  if (name === "loadStateDict") return [(on as { stateDict(): object }).stateDict()];
  if (name === "lrAt") return [1];
  if (name === "valuesAt") return [1, 0];
  const operand = places[0]?.name === "b" ? [room === "autograd" ? t() : x()] : [];
  return operand;
}
