import { adviceText, gradientName } from "../../../gradcheck/internal.ts";
import { formatShape, type NDArray } from "../../../np/index.ts";
import type { CallPair, FirstDifference, Runs } from "./difference.ts";

/** A difference before it is put into words. */
type Unplaced = Omit<FirstDifference, "place" | "text">;

/** Adds a sentence to a difference: what still agrees, where the sides first differ, and where to look. */
export function sentence(
  runs: Runs,
  difference: Unplaced,
  pair?: CallPair,
  given?: NDArray,
): FirstDifference {
  const place =
    difference.pass === "forward"
      ? ofForward(runs, difference, pair)
      : ofBackward(runs, difference, pair, given);
  const { diagnosis } = difference;
  return { ...difference, place, text: diagnosis ? `${place}. ${adviceText(diagnosis)}` : place };
}

function ofForward({ pairs, ours }: Runs, { blame, part }: Unplaced, pair?: CallPair): string {
  if (!pair) {
    if (ours.threw) return `forward threw ${errorText(ours.threw.error)}`;
    return pairs.length > 0
      ? "forward: every part agrees, but the network returns something else: look at the network's own forward"
      : "forward: the output differs, so look at it before any backward";
  }
  const before = pairs.slice(0, pairs.indexOf(pair)).map(({ ours: call }) => call.name);
  const agreed = whatAgrees(before);
  if (blame === "network")
    return `forward: ${agreed}the input of ${part} differs: the network's own forward passes it the wrong array`;
  if (pair.ours.threw)
    return `forward: ${agreed}${partAndClass(pair)}.forward threw ${errorText(pair.ours.threw.error)}`;
  return `forward: ${agreed}at ${partAndClass(pair)} the input agrees, the output does not: look at its forward before any backward`;
}

function ofBackward(runs: Runs, difference: Unplaced, pair?: CallPair, given?: NDArray): string {
  const { pairs, ours, theirs } = runs;
  const { blame, part, quantities } = difference;
  if (!pair) {
    if (ours.threw)
      return `${pairs.length > 0 ? "every part agrees; " : ""}backward threw ${errorText(ours.threw.error)}`;
    const missing = quantities.filter((name) => !ours.gradients.get(name));
    const right = [...theirs.gradients.keys()].filter(
      (name) => !quantities.includes(name) && ours.gradients.get(name),
    );
    const agree =
      right.length > 0 ? `; ${gradientNames(right)} ${right.length > 1 ? "agree" : "agrees"}` : "";
    const isMissing =
      missing.length > 0 ? ` (${gradientNames(missing)} ${missing.length > 1 ? "are" : "is"} missing)` : "";
    const where = pairs.length > 0 ? "every part agrees, but the network's own result does not: " : "";
    const { order, outOfOrder } = orderOf(runs);
    const look = pairs.length > 0 && outOfOrder ? order : "look at backward";
    return `${where}${gradientNames(quantities)} ${quantities.length > 1 ? "differ" : "differs"}${isMissing}${agree}: ${look}`;
  }
  const agreed = whatAgrees(
    pairs
      .slice(pairs.indexOf(pair) + 1)
      .map(({ ours: call }) => call.name)
      .reverse(),
  );
  if (blame === "network") return `${agreed}${whatArrived(runs, pair, part, given)}`;
  if (pair.ours.threw)
    return `${agreed}at ${partAndClass(pair)} dy agrees, and its backward threw ${errorText(pair.ours.threw.error)}`;
  const times = ours.calls.filter((call) => call.part === pair.ours.part).length;
  const shared =
    times > 1
      ? `: forward uses ${part} ${times} times, and it remembers only the last call; create one for each use`
      : ": look at its backward";
  const differ = quantities.length > 1 ? "do not" : "does not";
  return `${agreed}at ${partAndClass(pair)} dy agrees, ${whatIsMissing(pair, quantities)}${gradientNames(quantities)} ${differ}${shared}`;
}

/** "backward returns no dx, " and "dWeight is not assigned, ". */
function whatIsMissing({ ours }: CallPair, quantities: readonly string[]): string {
  const returned = quantities.includes("x") && (ours.dx === undefined || ours.dx === null);
  const missing = quantities.filter((name) => name !== "x" && !ours.gradients.get(name));
  const is = missing.length > 1 ? "are" : "is";
  return `${returned ? "backward returns no dx, " : ""}${missing.length > 0 ? `${gradientNames(missing)} ${is} not assigned, ` : ""}`;
}

/** Says which wrong dy a part receives, or that its backward is never called. */
function whatArrived(runs: Runs, pair: CallPair, part: string, given?: NDArray): string {
  const { ours, pairs, same } = runs;
  const { order, outOfOrder } = orderOf(runs);
  const error = ours.threw ? `; then it threw ${errorText(ours.threw.error)}` : "";
  if (!pair.ours.dy) {
    if (ours.threw && !outOfOrder)
      return `backward threw before it reached ${part}: ${errorText(ours.threw.error)}`;
    const never = ours.threw
      ? `backward did not begin with ${part}`
      : `the backward of ${part} is never called`;
    return `${never}: ${order}${error}`;
  }
  const arrived = pair.ours.dy;
  const source = pairs.find((one) => one.theirs.dx !== "other" && same(arrived, one.theirs.dx));
  const what = same(arrived, given)
    ? "the dy of the whole network"
    : source
      ? `the dx of ${source.ours.name}`
      : `an array of shape ${formatShape(arrived.shape)} that no part returned`;
  const look = outOfOrder ? order : "the network's own backward passes it the wrong array";
  return `the dy of ${part} differs, though everything behind it agrees: it is ${what}; ${look}${error}`;
}

/** The longest list of names that is printed in full. */
const longest = 16;

/** The order in which the network's backward called its parts, and whether it departs from the reverse of forward. */
function orderOf({ ours, pairs }: Runs): { order: string; outOfOrder: boolean } {
  const expected = pairs.toReversed().flatMap((pair) => (pair.theirs.dy ? [pair.ours.name] : []));
  const called = ours.order.filter((name) => expected.includes(name));
  const reverse = ours.threw ? expected.slice(0, called.length) : expected;
  const parts = called.findIndex((name, i) => name !== expected[i]);
  const at = parts < 0 ? called.length : parts;
  const order = `backward called ${excerpt(called, at) || "no part"}; it must be the reverse of forward: ${excerpt(expected, at)}`;
  return { order, outOfOrder: called.join() !== reverse.join() };
}

/** A list of names; of a long one only those around one place: "… bn1, relu, conv1 …". */
function excerpt(names: readonly string[], at: number): string {
  if (names.length <= longest) return names.join(", ");
  const [from, to] = [Math.max(0, at - 2), Math.min(names.length, at + 4)];
  return `${from > 0 ? "… " : ""}${names.slice(from, to).join(", ")}${to < names.length ? " …" : ""}`;
}

/** "layer2 (Linear)". */
function partAndClass({ ours }: CallPair): string {
  const kind = ours.part.constructor.name;
  return kind && kind !== ours.name ? `${ours.name} (${kind})` : ours.name;
}

/** "layer4, relu3 agree; "; of more than four names only the first and the last. */
function whatAgrees(names: readonly string[]): string {
  if (names.length === 0) return "";
  const shown = names.length > 4 ? `${names[0]} … ${names.at(-1)}` : names.join(", ");
  return `${shown} ${names.length > 1 ? "agree" : "agrees"}; `;
}

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** "dWeight and dx". */
function gradientNames(quantities: readonly string[]): string {
  const names = quantities.map(gradientName);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
