import {
  againstExact,
  againstNumerical,
  type Distance,
  type NumericalGradient,
  unravel,
} from "../gradcheck/index.ts";
import { formatShape, type NDArray, sameShape } from "../np/index.ts";
import type { Case } from "./cases.ts";
import type { CheckRow } from "./check-row.ts";

/** Three witnesses of one gradient: a disagreement says which of them stands alone. */
export function gradientRow(
  row: Case,
  quantity: string,
  manual: NDArray | null,
  autograd: NDArray,
  numerical: NumericalGradient,
): CheckRow {
  const base = { case: `${row.name}: ${row.what}`, quantity, shape: autograd.shape };
  const nowhere = { index: [], manual: null, autograd: null, numerical: null };
  const missing = {
    ...base,
    maxAbsolute: Number.NaN,
    maxRelative: Number.NaN,
    verdict: "disagree",
    worst: nowhere,
  } as const;
  const field = quantity === "x" ? "backward returned no dx" : `backward assigned no gradient of ${quantity}`;
  if (!manual) return { ...missing, diagnosis: `${field}; its shape is ${formatShape(autograd.shape)}` };
  if (!sameShape(manual.shape, autograd.shape)) {
    return {
      ...missing,
      diagnosis: `the gradient of ${quantity} has shape ${formatShape(manual.shape)}, expected ${formatShape(autograd.shape)}: that of ${quantity} itself`,
    };
  }
  const byTape = againstExact(manual, autograd);
  const chalkByNumbers = againstNumerical(manual, numerical);
  const tapeByNumbers = againstNumerical(autograd, numerical);
  const all = [byTape, chalkByNumbers, tapeByNumbers];
  const failed = all.find((distance) => !distance.agrees);
  const shown = failed ?? chalkByNumbers;
  const at = numerical.at.indexOf(shown.worst);
  const worst = {
    index: unravel(shown.worst, autograd.shape),
    manual: manual.flat()[shown.worst] as number,
    autograd: autograd.flat()[shown.worst] as number,
    numerical: numerical.estimates[at]?.value ?? null,
  };
  const numbers = {
    maxAbsolute: Math.max(...all.map((d) => d.maxAbsolute)),
    maxRelative: Math.max(...all.map((d) => d.maxRelative)),
  };
  const checked = numerical.at.length > 0 ? numerical.estimates.map(({ value }) => value) : autograd.flat();
  const vacuous = !failed && checked.every((value) => Math.abs(value) < 1e-8);
  if (vacuous)
    return {
      ...base,
      ...numbers,
      worst,
      verdict: "vacuous",
      diagnosis: "the gradient is 0 everywhere: any backward would pass",
    };
  if (!failed) return { ...base, ...numbers, worst, verdict: "agree" };
  return {
    ...base,
    ...numbers,
    worst,
    verdict: "disagree",
    diagnosis:
      numerical.at.length > 0
        ? whoIsAlone(byTape, chalkByNumbers, tapeByNumbers)
        : "chalk and the tape differ where finite differences cannot judge, at a kink",
  };
}

function whoIsAlone(byTape: Distance, chalk: Distance, tape: Distance): string {
  if (!chalk.agrees && tape.agrees)
    return "chalk stands alone: the tape and the finite differences agree, so look at chalk's backward";
  if (chalk.agrees && !tape.agrees)
    return "the tape stands alone: chalk and the finite differences agree, so look at the vjps";
  if (byTape.agrees)
    return "the finite differences stand alone: a kink, or a forward that is not a function of its inputs only";
  return "all three differ; start with the forward";
}
