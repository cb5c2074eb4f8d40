import type { Distance } from "./agreement.ts";
import type { Witness } from "./report/report.ts";

/** The names of the witnesses in messages. */
export const witnessNames: Readonly<Record<Witness, string>> = {
  manual: "chalk",
  analytical: "your backward",
  autograd: "the tape",
  numerical: "the finite differences",
  symbolic: "mathjs's derivative",
  precise: "the 64 digits",
};

/** Two witnesses and how far they are apart. */
export interface WitnessPair {
  readonly pair: readonly [Witness, Witness];
  readonly distance: Distance;
}

/** The only witness without which all others agree; null if there is none, or if it could be either of two. */
export function alone(pairs: readonly WitnessPair[], all: readonly Witness[]): Witness | null {
  const wrong = pairs.filter(({ distance }) => !distance.agrees);
  const found = all.filter((w) => wrong.every(({ pair }) => pair.includes(w)));
  return found.length === 1 ? (found[0] as Witness) : null;
}

/** Groups of witnesses that agree with one another. */
function camps(pairs: readonly WitnessPair[], all: readonly Witness[]): Witness[][] {
  const agree = (a: Witness, b: Witness): boolean =>
    pairs.some(({ pair, distance }) => pair.includes(a) && pair.includes(b) && distance.agrees);
  const groups: Witness[][] = [];
  for (const w of all) {
    const own = groups.find((group) => group.every((other) => agree(w, other)));
    if (own) own.push(w);
    else groups.push([w]);
  }
  return groups;
}

function listWitnesses(witnesses: readonly Witness[]): string {
  const names = witnesses.map((w) => witnessNames[w]);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const advice: Readonly<Record<Witness, string>> = {
  manual: "so look at chalk's backward",
  analytical: "so look at your backward",
  autograd: "so look at the vjps",
  numerical: "so is forward a function of its inputs only, and computed in float64?",
  symbolic: "so is the formula the function that is meant, branch by branch?",
  precise: "so is the formula the function that is meant?",
};

/** Says who is wrong, as far as numbers can tell: one witness against all others, or one group against another. */
export function whoIsWrong(pairs: readonly WitnessPair[], all: readonly Witness[]): string {
  const lonely = alone(pairs, all);
  if (lonely) {
    const verb = lonely === "numerical" || lonely === "precise" ? "stand" : "stands";
    const others = all.filter((w) => w !== lonely);
    const agree = others.length === 1 ? "say otherwise" : "agree";
    return `${witnessNames[lonely]} ${verb} alone: ${listWitnesses(others)} ${agree}, ${advice[lonely]}`;
  }
  const groups = camps(pairs, all);
  if (all.length === 2) return `${listWitnesses(all)} say different things`;
  if (groups.length === all.length)
    return `${listWitnesses(all)} all say something else; start with the forward`;
  const parties = groups.map((group) => listWitnesses(group));
  if (parties.length > 2) return `${parties.length} parties: ${parties.join("; ")}`;
  return `${parties[0]} on one side, ${parties[1]} on the other`;
}
