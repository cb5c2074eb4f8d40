import { Operators, Random, type RandomState } from "../../np/index.ts";
import { entriesOf } from "../../np/internal.ts";

/**
 * The random streams that a network draws from, for example for dropout masks, keyed by the path to
 * the field that holds each.
 */
export type Streams = ReadonlyMap<string, Random>;

/** Finds every `Random` in an object's fields, recursively; lists, Maps and Sets are opened too. */
export function streamsOf(network: object): Streams {
  const found = new Map<string, Random>();
  const seen = new Set<unknown>();
  const visit = (owner: object, prefix: string): void => {
    if (seen.has(owner) || owner instanceof Operators || ArrayBuffer.isView(owner)) return;
    seen.add(owner);
    const entries = entriesOf(owner)?.map(([name, , value]) => [name, value] as const);
    for (const [key, value] of entries ?? Object.entries(owner)) {
      if (value instanceof Random) found.set(`${prefix}${key}`, value);
      else if (typeof value === "object" && value !== null) visit(value, `${prefix}${key}.`);
    }
  };
  visit(network, "");
  return found;
}

/** The states of the streams. */
export function streamStates(streams: Streams): Record<string, RandomState> {
  return Object.fromEntries([...streams].map(([name, rng]) => [name, rng.state]));
}

/**
 * Restores the states of the streams.
 * @throws RangeError that lists streams missing on either side
 */
export function restoreStreams(
  where: string,
  streams: Streams,
  states: Readonly<Record<string, RandomState>>,
): void {
  const missing = [
    ...[...streams.keys()]
      .filter((name) => !Object.hasOwn(states, name))
      .map((name) => `${name} is not in the checkpoint`),
    ...Object.keys(states)
      .filter((name) => !streams.has(name))
      .map((name) => `${name} is not in this run`),
  ];
  if (missing.length > 0)
    throw new RangeError(
      `${where}: the random streams do not match: ${missing.join("; ")}; build model and rngs as before`,
    );
  for (const [name, rng] of streams) rng.state = states[name] as RandomState;
}
