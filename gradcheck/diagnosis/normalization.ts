import { type NDArray, sameShape } from "../../np/index.ts";
import { close, same } from "./closeness.ts";
import { type Evidence, gradientName } from "./evidence.ts";
import type { Look, Measure } from "./look.ts";
import { normalizationSlips, type Scale } from "./normalization-slips.ts";
import { elementwise } from "./own-input.ts";
import {
  type Averaging,
  averagings,
  epsilons,
  type Normalized,
  normalized,
  throughNormalization,
} from "./statistics.ts";

/** The largest x for which every kind of normalisation is tried. */
const largest = 20_000;

/** What the right dx is made of. */
interface Family {
  readonly scale: Scale;
  readonly normalized: Normalized;
}

/** Recognises slips in that of a normalisation (batch, layer, group, instance, RMS), by what the right dx is made of. */
export function normalizationSlip(evidence: Evidence, { tolerance }: Measure): Look | null {
  const own = elementwise(evidence);
  if (!own || own.x.size > largest || own.x.ndim < 2) return null;
  const { x, dy } = own;
  const { found, quantity, expected } = evidence;
  const d = gradientName(quantity);
  if (!families.has(expected)) families.set(expected, familyOf(evidence, x, dy, tolerance));
  const family = families.get(expected);
  if (!family) return asInTraining(evidence, x, dy, tolerance);
  const dxhat = family.scale.value ? dy.mul(family.scale.value) : dy;
  const slips = normalizationSlips(family.normalized, dxhat, dy, family.scale, x);
  const slip = slips.find(({ value }) => same(value(), found, tolerance));
  if (slip) return { ...slip, what: `${d} is ${slip.what}` };
  return otherAxes(found, averagings(x.shape), family.normalized, dxhat, x, d, tolerance);
}

/** Known by their right dx, because `diagnose` asks again for each factor. */
const families = new WeakMap<NDArray, Family | null>();

function familyOf(evidence: Evidence, x: NDArray, dy: NDArray, tolerance: number): Family | null {
  for (const scale of scales(evidence)) {
    const dxhat = scale.value ? dy.mul(scale.value) : dy;
    for (const n of normalizations(x, evidence))
      if (same(throughNormalization(dxhat, n), evidence.expected, tolerance)) return { scale, normalized: n };
  }
  return null;
}

function* normalizations(x: NDArray, { constants }: Evidence): Generator<Normalized> {
  for (const averaging of averagings(x.shape))
    for (const eps of epsilons(constants))
      for (const isCentered of [true, false]) yield normalized(x, averaging, eps, isCentered);
}

/** Recognises dx of training where the right one has constant statistics. */
function asInTraining(evidence: Evidence, x: NDArray, dy: NDArray, tolerance: number): Look | null {
  for (const { value } of scales(evidence)) {
    const dxhat = value ? dy.mul(value) : dy;
    if (!constantStatistics(evidence, dxhat)) continue;
    const running = [...runningStatistics(evidence, dxhat, value)].flatMap(({ xhat, std }) =>
      averagings(x.shape).map((averaging) => ({ averaging, isCentered: true, xhat, std })),
    );
    for (const n of [...normalizations(x, evidence), ...running])
      if (same(throughNormalization(dxhat, n), evidence.found, tolerance))
        return {
          cause: "wrong term",
          what: `${gradientName(evidence.quantity)} is that of training, with terms through the statistics of the batch`,
          cure: "in evaluation the running statistics are constants: dx = γ dy / σ",
        };
  }
  return null;
}

/** x̂ and σ of the running statistics, from the right y = γ x̂ + β and dx = dx̂ / σ. */
function* runningStatistics(
  { y, expected, parameters = new Map<string, NDArray>() }: Evidence,
  dxhat: NDArray,
  gamma: NDArray | null,
): Generator<Pick<Normalized, "xhat" | "std">> {
  if (!y) return;
  const std = dxhat.div(expected);
  const shape = y.shape.map((n, axis) => (axis === 1 ? n : 1));
  const shifts = [...parameters.values()].filter(({ size, ndim }) => ndim === 1 && size === y.shape[1]);
  for (const beta of [null, ...shifts]) {
    const shifted = beta ? y.sub(beta.reshape(shape)) : y;
    yield { xhat: gamma ? shifted.div(gamma) : shifted, std };
  }
}

/** No γ, or each parameter that may be it. */
function scales({ parameters = new Map<string, NDArray>(), expected: { shape } }: Evidence): Scale[] {
  const found = [...parameters].flatMap(([name, value]): Scale[] => {
    const trailing = shape.slice(shape.length - value.ndim);
    if (sameShape(trailing, value.shape)) return [{ name, value }];
    const perChannel = value.ndim === 1 && value.size === shape[1];
    return perChannel ? [{ name, value: value.reshape(shape.map((n, axis) => (axis === 1 ? n : 1))) }] : [];
  });
  return [...found, { name: null, value: null }];
}

/** Whether the right dx is a multiple of dx̂ in each channel: the statistics are constants, as in evaluation. */
function constantStatistics({ expected }: Evidence, dxhat: NDArray): boolean {
  const axes = expected.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const square = dxhat.mul(dxhat).sum(axes, true);
  const factor = expected.mul(dxhat).sum(axes, true).div(square);
  return close(dxhat.mul(factor).flat(), expected.flat(), 1e-10);
}

/** The same formula with means over other axes. */
function otherAxes(
  found: NDArray,
  kinds: readonly Averaging[],
  right: Normalized,
  dxhat: NDArray,
  x: NDArray,
  d: string,
  tolerance: number,
): Look | null {
  for (const averaging of kinds) {
    if (averaging.name === right.averaging.name) continue;
    const whole = normalized(x, averaging, right.eps, right.isCentered);
    const ways = [whole, { ...right, averaging }];
    if (ways.every((n) => !same(throughNormalization(dxhat, n), found, tolerance))) continue;
    return {
      cause: "wrong axis",
      what: `${d} is that of a normalisation with means ${averaging.name}`,
      cure: `the means are ${right.averaging.name}`,
    };
  }
  return null;
}
