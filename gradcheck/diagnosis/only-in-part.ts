import { sameShape } from "../../np/index.ts";
import { factorBetween } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import { type Factor, factorNamed } from "./factors.ts";
import type { Look, Measure } from "./look.ts";
import { placeOf, wrongElements } from "./places.ts";
import { settingNamed } from "./unnamed-factors.ts";

/** Recognises a gradient that is right but for some elements, all with one factor: "wrong sign in row 2". */
export function onlyInPart(evidence: Evidence, { tolerance, factors }: Measure): Look | null {
  const { quantity, found, expected, dy, constants } = evidence;
  if (!sameShape(found.shape, expected.shape)) return null;
  const wrong = wrongElements(found, expected, tolerance);
  const at = wrong.flatMap((is, i) => (is ? [i] : []));
  if (at.length < 2 || at.length === wrong.length) return null;
  const place = placeOf(evidence, wrong);
  if (!place) return null;
  const part = (values: ArrayLike<number>): Float64Array => Float64Array.from(at, (i) => values[i] as number);
  const value = factorBetween(part(found.flat()), part(expected.flat()), tolerance);
  const d = gradientName(quantity);
  const what = `${d} is right except in ${at.length} of ${wrong.length} elements, ${place}`;
  const setting = value === null ? undefined : settingNamed(value, constants, tolerance);
  if (value !== null && setting)
    return {
      cause: "only in part",
      what: `${what}; there it is the right one times ${Number(value.toPrecision(6))} = ${setting}`,
      cure: "look for this option in forward and in backward: each uses it once",
    };
  const factor = factorNamed(value, factors.filter(isSimple), tolerance);
  if (factor)
    return {
      cause: "only in part",
      what: `${what}; there it is the right one ${factor.is}`,
      cure: factor.look,
    };
  if (value !== null)
    return {
      cause: "only in part",
      what: `${what}; there it is the right one times ${Number(value.toPrecision(6))}`,
      cure: "which factor belongs to these elements alone?",
    };
  if (
    dy &&
    sameShape(dy.shape, found.shape) &&
    factorBetween(part(found.flat()), part(dy.flat()), tolerance) === 1
  )
    return {
      cause: "only in part",
      what: `${what}; there it is dy itself`,
      cure: "multiply it by the derivative there",
    };
  return null;
}

/** Factors that may well belong to some elements only: not those of a length. */
function isSimple({ cause, also }: Factor): boolean {
  return (cause === "sign" || cause === "factor 2") && also === undefined;
}
