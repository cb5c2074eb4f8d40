import { expect } from "chai";
import * as entry from "chalk-and-tape";
import { DataError, engine, ShapeError, useEngine } from "chalk-and-tape/np";
import { describe as described } from "#internal/np";
import { notCalled, notTried } from "./not-called.ts";
import { probes } from "./probes.ts";
import { type Place, type PublicCall, publicCalls, title } from "./public-calls.ts";
import { type ValidCall, validCall } from "./valid-arguments.ts";

/** The rooms, and the namespaces in them. */
const rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...entry,
  functional: entry.autograd.functional,
};

/** Errors that our own code made. V8 makes its own from the original classes, and so do Node and our dependencies. */
const ours = new WeakSet<object>();
const originals = { TypeError, RangeError };
function marking(Original: typeof TypeError): typeof TypeError {
  return new Proxy(Original, {
    construct(target, args, newTarget) {
      const error: object = Reflect.construct(target, args, newTarget);
      ours.add(error);
      return error;
    },
  });
}

function call(
  { room, className, name, kind }: PublicCall,
  { on }: ValidCall,
  args: readonly unknown[],
): unknown {
  const Class = className === null ? rooms[room] : rooms[room]?.[className];
  if (kind === "constructor") return Reflect.construct(Class as new () => object, args);
  const owner = (on ?? Class) as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  return Reflect.apply(owner[name] as () => unknown, owner, args);
}

/** The valid call of each, made anew after every call that returned. */
const made = new Map<PublicCall, ValidCall>();

/** What is wrong with one call; null if it is answered by an error of ours, or rightly accepted. */
function problem(one: PublicCall, at: number, value: unknown, isAllowed: boolean): string | null {
  const valid = made.get(one) ?? validCall(one);
  if (!valid) return "no valid call is known: add one to test/arguments/valid/";
  made.set(one, valid);
  const args = Array.from({ length: Math.max(at + 1, valid.args.length) }, (_, i) =>
    i === at ? value : valid.args[i],
  );
  try {
    const result = call(one, valid, args);
    made.delete(one);
    return isAllowed ? null : `takes it and returns ${described(result)}`;
  } catch (error) {
    if (typeof error !== "object" || error === null) return `throws ${String(error)}`;
    const isOurs = ours.has(error) || error instanceof ShapeError || error instanceof DataError;
    return isOurs ? null : `throws ${String(error)}`;
  }
}

/** Every wrong value in one place, and an unknown option among the valid ones. */
function problemsIn(one: PublicCall, at: number, { name, allows, isOptions, isOptional }: Place): string[] {
  const found = Object.entries(probes).flatMap(([probe, { make }]) => {
    const isAllowed = allows.has(probe) || (probe === "undefined" && isOptional);
    const wrong = problem(one, at, make(), isAllowed);
    return wrong === null ? [] : [`${title(one)}: ${name} is ${probe}: ${wrong}`];
  });
  if (!isOptions) return found;
  const given = validCall(one)?.args[at];
  const wrong = problem(one, at, { ...(typeof given === "object" ? given : {}), zebra: 1 }, false);
  return wrong === null ? found : [...found, `${title(one)}: an unknown option in ${name}: ${wrong}`];
}

describe("every public call with wrong arguments", function () {
  this.timeout(600_000);
  const types = Object.fromEntries(Object.entries(probes).map(([name, { type }]) => [name, type]));
  const chosen = engine();
  const silenced = { log: console.log, info: console.info, warn: console.warn };
  before(() => {
    Object.assign(console, { log: () => {}, info: () => {}, warn: () => {} });
    Object.assign(globalThis, { TypeError: marking(TypeError), RangeError: marking(RangeError) });
  });
  after(() => {
    Object.assign(console, silenced);
    Object.assign(globalThis, originals);
    useEngine(chosen); // useEngine is called as well
  });

  const calls = publicCalls(Object.keys(rooms), types);
  for (const one of calls) {
    if (one.isAsync || title(one) in notCalled) continue;
    it(title(one), () => {
      const valid = validCall(one);
      expect(valid, "no valid call is known: add one to test/arguments/valid/").to.not.equal(null);
      if (valid) expect(() => call(one, valid, valid.args), "the valid call").to.not.throw();
      const found = one.places.flatMap((place, at) =>
        place.name in notTried || `${title(one)} ${place.name}` in notTried ? [] : problemsIn(one, at, place),
      );
      expect(found.join("\n")).to.equal("");
    });
  }
});
