import { Tensor } from "../../autograd/index.ts";
import { describe } from "../../np/internal.ts";
import { operationOf } from "./arithmetic.ts";
import { leafName } from "./catalogue.ts";
import { type AnyArray, another, Flow, isArray } from "./flow.ts";
import { placesIn } from "./places.ts";
import type { Problems } from "./problems.ts";
import type { AnyNetwork, Step, Traced, Value } from "./traced.ts";

type AnyForward = (...inputs: readonly unknown[]) => unknown;

/** In the place of a result that cannot be exported. */
const nothing: Value = { shape: [], dtype: "float64" };

/** A part whose forward runs now. */
interface Frame {
  readonly part: AnyNetwork;
  /** The names of its parts, by the part. */
  readonly names: ReadonlyMap<AnyNetwork, string>;
  readonly steps: Step[];
  /** What this forward was given or made. */
  readonly here: Set<Value>;
}

/** Records what a network does with the arrays that flow through it. */
export class Recorder {
  readonly #problems: Problems;
  readonly #flow: Flow = new Flow((primitive, args, run) => this.#primitive(primitive, args, run));
  /** The innermost last. */
  readonly #frames: Frame[] = [];
  /** Above 0 inside of a layer of the catalogue, and inside of a primitive. */
  #silent: number = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /**
   * Runs the forward of the whole network on arrays of its own. A network that is one layer of the
   * catalogue is traced as a single call, whose name is "".
   */
  whole(part: AnyNetwork, inputs: readonly AnyArray[], forward: (...inputs: AnyArray[]) => unknown): Traced {
    const arrays = inputs.map((x) => this.#flow.begin(another(x)));
    const values = arrays.map((x) => this.#valueOf(x));
    const frame: Frame = { part, names: new Map([[part, ""]]), steps: [], here: new Set(values) };
    this.#frames.push(frame);
    forward(...arrays);
    const [call] = frame.steps;
    if (call?.kind === "call" && call.inside) return call.inside;
    return { part, inputs: values, steps: frame.steps, output: call?.output ?? nothing };
  }

  /** Runs the forward of a part, and returns its output. */
  call(part: AnyNetwork, inputs: readonly unknown[], forward: AnyForward): unknown {
    const frame = this.#frames.at(-1);
    if (this.#silent > 0 || !frame) return forward(...inputs);
    const name = frame.names.get(part) ?? part.constructor.name;
    if (!frame.names.has(part)) this.#blame(`calls a ${name} that is not inside of it`);
    const given = inputs.map((x) => this.#input(x, name));
    const { y, inside } =
      leafName(part) === null
        ? this.#inside(part, inputs.filter(isArray), () => forward(...inputs))
        : { y: this.#silently(() => forward(...inputs)), inside: null };
    if (!isArray(y)) return y; // to blame already
    const made = this.#made(y);
    const known = given.filter((x) => x !== null);
    frame.steps.push({ kind: "call", name, part, inputs: known, output: this.#valueOf(made), inside });
    return made;
  }

  /** Leaves all arrays as they were. */
  end(): void {
    this.#flow.end();
  }

  /** Runs a forward in a frame of its own. */
  #inside(
    part: AnyNetwork,
    arrays: readonly AnyArray[],
    forward: () => unknown,
  ): { readonly y: unknown; readonly inside: Traced } {
    const inputs = arrays.flatMap((x) => this.#flow.valueOf(x) ?? []);
    const names = new Map<AnyNetwork, string>();
    for (const { name, part: inner } of placesIn(part)) if (!names.has(inner)) names.set(inner, name);
    const frame: Frame = { part, names, steps: [], here: new Set(inputs) };
    this.#frames.push(frame);
    try {
      const y = forward();
      return { y, inside: { part, inputs, steps: frame.steps, output: this.#output(y) } };
    } finally {
      this.#frames.pop();
    }
  }

  /** What a part is given; null for what cannot be exported. */
  #input(x: unknown, name: string): Value | null {
    if (!isArray(x)) this.#blame(`gives ${name} ${describe(x)}, where only arrays can be exported`);
    else if (!this.#isHere(x)) this.#blame(`gives ${name} an array that is not made from its input`);
    else return this.#read(x);
    return null;
  }

  /** What a forward returned. */
  #output(y: unknown): Value {
    if (!isArray(y)) this.#blame(`returns ${describe(y)}, where only one array can be exported`);
    else if (!this.#isHere(y)) this.#blame("returns an array that is not made from its input");
    else return this.#read(y);
    return nothing;
  }

  #primitive(primitive: string, args: readonly unknown[], run: () => AnyArray): AnyArray {
    const frame = this.#frames.at(-1);
    const y = this.#silently(run);
    if (this.#silent > 0 || !frame) return y;
    const operation = operationOf(primitive, args, y);
    if (!operation) {
      this.#blame(`computes ${primitive}`);
      return this.#made(y);
    }
    const inputs = operation.operands.map((x) => this.#operand(operation.op, x));
    const output = this.#made(y);
    if (inputs.every((x) => x !== null))
      frame.steps.push({ kind: "arithmetic", op: operation.op, inputs, output: this.#valueOf(output) });
    return output;
  }

  /** A number, or an array of this frame; null for what cannot be exported. */
  #operand(op: string, x: unknown): Value | number | null {
    if (typeof x === "number") return x;
    if (isArray(x) && this.#isHere(x)) return this.#read(x);
    if (isArray(x) && this.#flow.valueOf(x) === null && x.ndim === 0 && !isLearned(x)) return x.item();
    if (!this.#isBlamed(x)) this.#blame(`computes ${op} with an array that is not made from its input`);
    return null;
  }

  /** Whether it is one of the arrays that a class of one's own keeps, which is a problem in itself. */
  #isBlamed(x: unknown): boolean {
    const own = Object.values(this.#frames.at(-1)?.part.stateDict() ?? {});
    return own.some((array) => array === x || (x instanceof Tensor && array === x.data));
  }

  #read(array: AnyArray): Value {
    if (this.#flow.isChanged(array)) this.#blame("changes an array in place");
    return this.#valueOf(array);
  }

  /** Whether the innermost forward was given an array or made it. */
  #isHere(array: AnyArray): boolean {
    const value = this.#flow.valueOf(array);
    return value !== null && (this.#frames.at(-1)?.here.has(value) ?? false);
  }

  /** Lets the result of a step flow. */
  #made(y: AnyArray): AnyArray {
    const output = this.#isHere(y) || this.#flow.valueOf(y) === null ? this.#flow.begin(y) : y;
    this.#frames.at(-1)?.here.add(this.#valueOf(output));
    return output;
  }

  #valueOf(array: AnyArray): Value {
    return this.#flow.valueOf(array) as Value;
  }

  #silently<T>(run: () => T): T {
    this.#silent += 1;
    try {
      return run();
    } finally {
      this.#silent -= 1;
    }
  }

  #blame(what: string): void {
    const frame = this.#frames.at(-1);
    if (frame) this.#problems.add(frame.part, what);
  }
}

function isLearned(array: AnyArray): boolean {
  return array instanceof Tensor && array.requiresGrad;
}
