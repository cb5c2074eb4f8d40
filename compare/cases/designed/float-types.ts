import { array, type NDArray, type Random } from "../../../np/index.ts";
import { isFloat } from "../../../np/internal.ts";
import type { CaseInputs } from "../../subjects/inputs.ts";
import type { Case } from "../case.ts";
import { samples, sidesOf } from "./samples.ts";

type Draw = (rng: Random) => NDArray;

const noDifferences = "float32 leaves differences three digits";
const noSecondDerivatives = "float32 leaves differences three digits";

/** The draws in float32; indices stay integers. */
export function inFloat32({ x, x2, target }: CaseInputs): CaseInputs {
  const single = (draw: Draw): Draw => {
    return (rng) => {
      const drawn = draw(rng);
      return isFloat(drawn.dtype) ? drawn.astype("float32") : drawn;
    };
  };
  return { x: single(x), ...(x2 && { x2: single(x2) }), ...(target && { target: single(target) }) };
}

/** The draw with every second column 50 times as large: exp(100) overflows in float32, but not in float64. */
function upTo100(draw: Draw): Draw {
  return (rng) => {
    const x = draw(rng);
    const every = Array.from({ length: x.shape[1] ?? 1 }, (_, i) => (i % 2 === 0 ? 1 : 50));
    return x.mul(array(every));
  };
}

/** Rows in float32. Those of classes without weights have more than 64 samples as well; the others have a row for that. */
export const floatTypes: readonly Case[] = samples
  .filter(({ name }) => name !== "Embedding")
  .map((sample): Case => {
    const n = sample.hasWeights ? 5 : 70;
    const drawn = sample.inputs(n);
    const inputs = sample.kind === "activation" ? { x: upTo100(drawn.x) } : drawn;
    return {
      ...sidesOf(sample, "float32"),
      what: n > 64 ? `float32, ${n} samples` : "float32",
      drawn: "float type",
      inputs: inFloat32(inputs),
      witnesses: { noDifferences, noSecondDerivatives },
    };
  });
