import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import { unravelIndex } from "../../np/internal.ts";
import { largest } from "./closeness.ts";
import { type Evidence, gradientName, isParameter } from "./evidence.ts";

/** Flags the elements that are wrong: further from the right ones than `tolerance` of the largest. */
export function wrongElements(found: NDArray, expected: NDArray, tolerance: number): boolean[] {
  const [f, e] = [found.flat(), expected.flat()];
  const allowed = tolerance * Math.max(largest(f), largest(e));
  const limit = Number.isFinite(allowed) ? allowed : tolerance * largest(e);
  return Array.from(f, (value, i) => !(Math.abs(value - (e[i] as number)) <= limit));
}

/** Says which elements of a gradient are wrong: "4 of 24 elements of dx are wrong: all in column 4". */
export function whereWrong(evidence: Evidence, tolerance: number): string {
  const { quantity, found, expected } = evidence;
  const d = gradientName(quantity);
  if (!sameShape(found.shape, expected.shape))
    return `${d} has shape ${formatShape(found.shape)}, expected ${formatShape(expected.shape)}`;
  const wrong = wrongElements(found, expected, tolerance);
  const count = wrong.filter(Boolean).length;
  if (found.size === 1) return `${d} is wrong`;
  if (count === found.size || count === 0) return `all ${found.size} elements of ${d} are wrong`;
  if (count === 1) {
    const index = unravelIndex(wrong.indexOf(true), found.shape).join(", ");
    return `1 of ${found.size} elements of ${d} is wrong, at [${index}]`;
  }
  const place = placeOf(evidence, wrong);
  return `${count} of ${found.size} elements of ${d} are wrong${place ? `: ${place}` : ""}`;
}

/**
 * Where the wrong elements are, if a few words say it: some rows, columns, channels or classes, the
 * border of the image, or where x has one sign. "" if nothing simple fits.
 */
export function placeOf(evidence: Evidence, wrong: readonly boolean[]): string {
  const { found, inputs, quantity } = evidence;
  const [x] = inputs ?? [];
  const isLikeX = /^(x|y|input 0)$/.test(quantity) && x !== undefined && sameShape(x.shape, found.shape);
  const inSlices = slicesOf(found.shape, wrong, evidence);
  return (
    inSlices.find(({ isFull }) => isFull)?.text ??
    targetText(evidence, wrong) ??
    (isLikeX ? valuesText(x, wrong) : null) ??
    (!isParameter(evidence) && (found.ndim === 4 || isSignal(evidence))
      ? borderText(found.shape, wrong)
      : null) ??
    inSlices.map(({ text }) => text).join(" and ")
  );
}

/**
 * "all of them in row 2", for each axis along which the wrong elements lie in at most half of the
 * slices. `isFull`: those slices are wrong altogether.
 */
function slicesOf(
  shape: readonly number[],
  wrong: readonly boolean[],
  evidence: Evidence,
): { readonly isFull: boolean; readonly text: string }[] {
  return shape.flatMap((length, axis) => {
    const after = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
    const at = (i: number): number => Math.floor(i / after) % length;
    const places = new Set(wrong.flatMap((is, i) => (is ? [at(i)] : [])));
    if (length < 2 || places.size === 0 || places.size > length / 2) return [];
    const isFull = wrong.every((is, i) => is === places.has(at(i)));
    const sorted = [...places].sort((a, b) => a - b);
    const shown = sorted.slice(0, 5).join(", ") + (sorted.length > 5 ? " …" : "");
    const last = length > 2 && sorted.length === 1 && sorted[0] === length - 1 ? ", the last" : "";
    const name = axisName(axis, evidence);
    return [{ isFull, text: `all of them in ${sorted.length > 1 ? plural(name) : name} ${shown}${last}` }];
  });
}

function plural(name: string): string {
  return name === "column (class)" ? "columns (classes)" : name.endsWith("index") ? name : `${name}s`;
}

/** What a slice along this axis is called. */
function axisName(axis: number, evidence: Evidence): string {
  const { found, inputs } = evidence;
  const { ndim } = found;
  const ofParameter = isParameter(evidence);
  const names: string[] =
    ndim === 1
      ? ["position"]
      : ndim === 2
        ? ["row", !ofParameter && hasClasses(inputs) ? "column (class)" : "column"]
        : ofParameter
          ? ["output channel", "input channel", ...(ndim === 4 ? ["kernel row", "kernel column"] : [])]
          : ndim === 4
            ? ["sample", "channel", "image row", "image column"]
            : isSignal(evidence)
              ? ["sample", "channel", "position"]
              : ["sample"];
  return names[axis] ?? `axis ${axis}, index`;
}

/** Whether x is (N, C, L), as the parameters show: one of them is a kernel (M, C, K). */
function isSignal({ found, parameters = new Map<string, NDArray>() }: Evidence): boolean {
  return found.ndim === 3 && [...parameters.values()].some(({ ndim }) => ndim === 3);
}

function hasClasses(inputs: Evidence["inputs"] = []): boolean {
  const [x, target] = inputs;
  return x !== undefined && target !== undefined && x.ndim === 2 && target.ndim === 1 && isWhole(target);
}

function isWhole(x: NDArray): boolean {
  return Array.from(x.flat()).every((value) => Number.isInteger(value));
}

/** Names the border of an image, or its inside, if all wrong elements lie there; else null. */
function borderText(shape: readonly number[], wrong: readonly boolean[]): string | null {
  const image = shape.length === 3 ? [2] : [2, 3];
  const depthOf = (i: number): number =>
    Math.min(
      ...image.map((axis) => {
        const length = shape[axis] as number;
        const after = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
        const at = Math.floor(i / after) % length;
        return Math.min(at, length - 1 - at);
      }),
    );
  const depths = wrong.map((_, i) => depthOf(i));
  const deepest = depths.reduce((most, depth, i) => (wrong[i] ? Math.max(most, depth) : most), -1);
  const nearest = depths.reduce(
    (least, depth, i) => (wrong[i] ? Math.min(least, depth) : least),
    Number.POSITIVE_INFINITY,
  );
  const what = shape.length === 3 ? "signal" : "image";
  const edge = deepest === 0 ? "on" : `within ${deepest + 1} of`;
  if (depths.some((depth) => depth > deepest))
    return `all of them ${edge} the border of the ${what}; the inside is right`;
  if (nearest > 0) return `all of them inside the ${what}; the border is right`;
  return null;
}

/** Names the elements of the target's class, or all others, if exactly those are wrong; else null. */
function targetText({ found, inputs = [], quantity }: Evidence, wrong: readonly boolean[]): string | null {
  const [x, target] = inputs;
  if (!x || !target || quantity !== "x" || !hasClasses(inputs) || !sameShape(x.shape, found.shape))
    return null;
  const [classes, t] = [x.shape[1] as number, target.flat()];
  const isTarget = (i: number): boolean => i % classes === t[Math.floor(i / classes)];
  if (wrong.every((is, i) => is === isTarget(i)))
    return "exactly those of the target's class, one in each row";
  if (wrong.every((is, i) => is !== isTarget(i))) return "exactly those of all classes but the target's";
  return null;
}

/** Names a half-line of x that holds exactly the wrong elements: "where x < 0"; else null. */
function valuesText(x: NDArray, wrong: readonly boolean[]): string | null {
  const [at, off] = [[] as number[], [] as number[]];
  const flat = x.flat();
  for (const [i, is] of wrong.entries()) (is ? at : off).push(flat[i] as number);
  if (at.length === 0 || off.length === 0) return null;
  const [least, most] = [Math.min(...at), Math.max(...at)];
  const [leastOff, mostOff] = [Math.min(...off), Math.max(...off)];
  if (at.length > 1 && at.every((value) => value === least))
    return off.includes(least) ? null : `exactly where x is ${least}`;
  const digits = (value: number): string => String(Number(value.toPrecision(3)));
  if (least > mostOff)
    return least > 0 && mostOff <= 0
      ? "exactly where x > 0"
      : `where x is ${digits(least)} or more; right where it is ${digits(mostOff)} or less`;
  if (most < leastOff)
    return most < 0 && leastOff >= 0
      ? "exactly where x < 0"
      : `where x is ${digits(most)} or less; right where it is ${digits(leastOff)} or more`;
  const [near, far] = [Math.max(...at.map(Math.abs)), Math.min(...off.map(Math.abs))];
  if (near < far) return `where |x| is ${digits(near)} or less; right where it is ${digits(far)} or more`;
  const [close, away] = [Math.min(...at.map(Math.abs)), Math.max(...off.map(Math.abs))];
  if (close > away) return `where |x| is ${digits(close)} or more; right where it is ${digits(away)} or less`;
  return null;
}
