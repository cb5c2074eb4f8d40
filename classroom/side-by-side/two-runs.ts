import {
  type AnyLayer,
  type AnyModule,
  type Call,
  partsOf,
  recordChalk,
  recordTape,
} from "../../compare/internal.ts";
import { formatShape, NDArray } from "../../np/index.ts";
import { expectArgument, having, ndarray } from "../../np/internal.ts";

/** The same call of the same part on both sides. */
export interface TwinCall {
  readonly name: string;
  readonly chalk: Call<AnyLayer>;
  readonly tape: Call<AnyModule>;
}

const chalkNetwork = having<AnyLayer>("a network of chalk, with forward and backward", "forward", "backward");

const tapeNetwork = having<AnyModule>(
  "its twin on the tape, with forward and namedParameters",
  "forward",
  "namedParameters",
);

/**
 * Runs forward and backward of both twins, and pairs what each part received and returned.
 * @throws what a forward or a backward throws; TypeError for twins whose parts have other names
 */
export function twoRuns(
  where: string,
  byHand: AnyLayer,
  onTape: AnyModule,
  x: NDArray,
  dy: NDArray,
): TwinCall[] {
  expectArgument(where, "byHand", chalkNetwork, byHand);
  expectArgument(where, "onTape", tapeNetwork, onTape);
  expectArgument(where, "x", ndarray, x);
  expectArgument(where, "dy", ndarray, dy);
  const parts = partsOf(byHand, onTape);
  // A network without parts, such as one Linear, is its own only part.
  const left = parts.left.size > 0 ? parts.left : new Map([["", byHand]]);
  const right = parts.right.size > 0 ? parts.right : new Map([["", onTape]]);
  const chalk = recordChalk(byHand, left, [x], dy);
  if (chalk.threw) throw chalk.threw.error;
  const tape = recordTape(onTape, right, [x], dy);
  const names = [chalk, tape].map(({ calls }) => calls.map(({ name }) => name).join(", "));
  if (names[0] !== names[1])
    throw new TypeError(
      `${where}: the networks call other parts: chalk ${names[0]}; tape ${names[1]}; give both the same names`,
    );
  return chalk.calls.flatMap((call, i): TwinCall[] => {
    const twin = tape.calls[i];
    return twin ? [{ name: call.name, chalk: call, tape: twin }] : [];
  });
}

/** What a call received and returned in backward, and the gradients of its parameters, by name. */
export function gradientsOf({ dx, gradients }: Call<unknown>): Map<string, NDArray> {
  const found = new Map<string, NDArray>();
  if (dx instanceof NDArray) found.set("dx", dx);
  for (const [name, gradient] of gradients) if (gradient) found.set(gradientName(name), gradient);
  return found;
}

/** As chalk's fields are called: weight → dWeight. */
function gradientName(parameter: string): string {
  return `d${parameter.charAt(0).toUpperCase()}${parameter.slice(1)}`;
}

/** "layer1 (Linear)", or the class alone for a network without parts. */
export function titleOf({ name, chalk }: TwinCall): string {
  const className = chalk.part.constructor.name;
  return name === "" ? className : `${name} (${className})`;
}

/** "(8, 784) → (8, 256)" */
export function shapesOf(from: NDArray | null, to: unknown): string {
  return `${from ? formatShape(from.shape) : "?"} → ${to instanceof NDArray ? formatShape(to.shape) : "nothing"}`;
}
