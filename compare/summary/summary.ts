import { noGrad, Tensor } from "../../autograd/index.ts";
import { Layer } from "../../manual/index.ts";
import { NDArray, random } from "../../np/index.ts";
import {
  describe,
  expectArgument,
  integer,
  listWith,
  ndarray,
  objectWith,
  printsItsText,
  text,
} from "../../np/internal.ts";
import { type AnyNetwork, isNetwork, partsOf, within } from "./network-parts.ts";
import { record, sizeBytes } from "./record-forward.ts";
import { summaryText } from "./summary-text.ts";

/** One part of a network: its size, and its output in one forward. */
export interface SummaryRow {
  /** The path as in the state dict, `layer1.0.conv1`; "" for the network itself. */
  readonly name: string;
  /** The name of its class. */
  readonly kind: string;
  /** The number of parts that contain it. */
  readonly depth: number;
  /** The shape of its last output; null if forward did not use it. */
  readonly outputShape: readonly number[] | null;
  /** The number of trainable parameters, including its parts. */
  readonly parameters: number;
  /** The size of all buffers, such as running statistics, including its parts. */
  readonly buffers: number;
  /** The number of multiply-adds with a weight for the whole batch, including its parts. */
  readonly multiplyAdds: number;
}

const aRow = objectWith<SummaryRow>("a row of a summary", {
  name: text,
  kind: text,
  depth: integer({ least: 0 }),
});

/** The result of `summary`; as text it is a table. */
export class Summary {
  readonly model: string;
  readonly inputShape: readonly number[];
  /** All parts, depth first; the first row is the network itself. */
  readonly rows: readonly SummaryRow[];
  readonly parameters: number;
  readonly buffers: number;
  readonly multiplyAdds: number;
  readonly sizesBytes: {
    readonly input: number;
    /** The outputs of all layers without parts in one forward. */
    readonly outputs: number;
    readonly parameters: number;
    readonly buffers: number;
  };

  constructor(rows: readonly SummaryRow[], x: NDArray, outputs: number, parameters: number, buffers: number) {
    const some = listWith("the rows of a network, the network itself first", aRow);
    expectArgument("Summary", "rows", some, rows);
    expectArgument("Summary", "x", ndarray, x);
    for (const [name, size] of Object.entries({ outputs, parameters, buffers }))
      expectArgument("Summary", name, integer({ least: 0 }), size);
    const whole = rows[0];
    if (!whole) throw new RangeError("Summary: rows is empty, expected the network itself first");
    this.model = whole.kind;
    this.inputShape = x.shape;
    this.rows = rows;
    this.parameters = whole.parameters;
    this.buffers = whole.buffers;
    this.multiplyAdds = whole.multiplyAdds;
    this.sizesBytes = { input: sizeBytes(x), outputs, parameters, buffers };
  }

  toString(): string {
    return summaryText(this);
  }

  static {
    printsItsText(Summary.prototype);
  }
}

/**
 * Lists the parts of a network as a tree, with output shapes, parameters and multiply-adds:
 * `console.log(summary(new ResNet20(), [1, 3, 32, 32]))`. Works for either side. Runs one forward in
 * evaluation mode and changes nothing in the network. Multiply-adds are counted for matrix products
 * and convolutions, one per weight and position, not for biases and normalisation.
 * @param input a batch, or the shape of a batch to draw
 * @throws TypeError unless the model is a layer or module; whatever forward throws for such inputs
 * @see torchinfo's `summary`, which also counts biases and normalisation
 */
export function summary(model: AnyNetwork, input: readonly number[] | NDArray): Summary {
  if (!isNetwork(model))
    throw new TypeError(
      `summary: model is ${describe(model)}, expected a network: summary(new Mlp(), [1, 784])`,
    );
  const parts = [...partsOf(model)];
  const first = Object.values(model.stateDict())[0];
  const x = input instanceof NDArray ? input : random(0).normal(0, 1, input, { dtype: first?.dtype });
  const seen = record(parts, () =>
    model instanceof Layer ? model.forward(x) : noGrad(() => model.forward(new Tensor(x))),
  );
  const order = [...seen.keys()];
  const rows = [...partsOf(model, order)].map(({ name, part, depth }) => {
    const inside = [...seen].filter(([other]) => within(part, other));
    return {
      name,
      kind: part.constructor.name,
      depth,
      outputShape: seen.get(part)?.shape ?? null,
      ...countsOf(part),
      multiplyAdds: inside.reduce((sum, [, { multiplyAdds }]) => sum + multiplyAdds, 0),
    };
  });
  const leaves = [...seen].filter(([part]) => [...partsOf(part)].length === 1);
  const outputs = leaves.reduce((sum, [, { outputBytes }]) => sum + outputBytes, 0);
  const trained = new Set(parametersOf(model));
  const kept = Object.values(model.stateDict()).filter((array) => !trained.has(array));
  return new Summary(rows, x, outputs, bytesOf([...trained]), bytesOf(kept));
}

function parametersOf(part: AnyNetwork): NDArray[] {
  return part instanceof Layer
    ? part.parameters().map(({ value }) => value)
    : part.parameters().map(({ data }) => data);
}

function countsOf(part: AnyNetwork): { parameters: number; buffers: number } {
  const trained = new Set(parametersOf(part));
  const count = (arrays: readonly NDArray[]): number => arrays.reduce((sum, { size }) => sum + size, 0);
  const kept = Object.values(part.stateDict()).filter((array) => !trained.has(array));
  return { parameters: count([...trained]), buffers: count(kept) };
}

function bytesOf(arrays: readonly NDArray[]): number {
  return arrays.reduce((sum, array) => sum + sizeBytes(array), 0);
}
