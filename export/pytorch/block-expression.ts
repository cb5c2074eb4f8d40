import * as autograd from "../../autograd/index.ts";
import { givenArguments } from "../../contracts/internal.ts";
import * as manual from "../../manual/index.ts";
import { random } from "../../np/index.ts";
import { containerName, leafName } from "../trace/catalogue.ts";
import { placesIn } from "../trace/places.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import { argumentsOf } from "./layer-expression.ts";
import { type Bracketed, call } from "./python-text.ts";

/** `BasicBlock(16, 32, stride=2)`; null for other parts, and for a block that has been changed since it was made. */
export function blockExpression(part: AnyNetwork): Bracketed | null {
  const name = containerName(part);
  if (name !== "BasicBlock" && name !== "DepthwiseSeparable") return null;
  return isAsMade(part, name) ? call(name, argumentsOf(part)) : null;
}

/** Sizes that stand for the channels in a small block, and occur nowhere else in it. */
const [inStand, outStand] = [17, 19];

/** Whether a block has the parts that its constructor gave it, and nothing around its forward. */
function isAsMade(part: AnyNetwork, name: "BasicBlock" | "DepthwiseSeparable"): boolean {
  const given = givenArguments(part)?.values as BlockArguments | undefined;
  const ours = placesIn(part).every((inner) => leafName(inner.part) ?? containerName(inner.part));
  if (!given || !ours || Object.hasOwn(part, "forward")) return false;
  const { inChannels, outChannels, ...options } = given;
  const side = part instanceof manual.Layer ? manual : autograd;
  const out = inChannels === outChannels ? inStand : outStand;
  const small = new side[name](inStand, out, { ...options, rng: random(0) });
  const text = `${small}`.replace(
    /\b1[79]\b/g,
    (size) => `${size === `${inStand}` ? inChannels : outChannels}`,
  );
  return text === `${part}`;
}

interface BlockArguments {
  readonly inChannels: number;
  readonly outChannels: number;
}
