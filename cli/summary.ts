import { type Command, InvalidArgumentError } from "commander";
import { summary } from "../compare/index.ts";
import { counts, modelNamed, models } from "../compare/internal.ts";
import { random } from "../np/index.ts";
import { numberIn } from "./options.ts";

interface Options {
  readonly input?: readonly number[];
  readonly batchSize: number;
  readonly classes?: number;
  readonly side: string;
  readonly json?: boolean;
}

/** `summary MODEL`: a network's layers. */
export function summaryCommand(command: Command): Command {
  return command
    .argument("<model>", `one of ${Object.keys(models).join(", ")}`)
    .option("--input <shape>", "shape of one item, such as 3,32,32; default: the network's own", shape)
    .option("--batch-size <n>", "items per batch", numberIn(counts), 1)
    .option("--classes <n>", "number of classes; default: the network's own", numberIn(counts))
    .option("--side <name>", "manual or autograd; their layers are the same", "manual")
    .option("--json", "print one JSON document")
    .action(run);
}

function shape(text: string): number[] {
  try {
    return text.split(",").map(numberIn(counts));
  } catch {
    throw new InvalidArgumentError(
      `expected numbers separated by commas, such as 3,32,32; each ${counts.expected}.`,
    );
  }
}

function run(name: string, { input, batchSize, classes, side, json }: Options): void {
  const [, model] = modelNamed(name);
  if (side !== "manual" && side !== "autograd")
    throw new RangeError(`--side is "${side}", expected manual or autograd`);
  const items = { shape: input ?? model.made.shape, classes: classes ?? model.made.classes };
  if (!model.fits(items))
    throw new RangeError(
      `${name} learns ${model.wants}, not items of shape ${items.shape.join(",")} in ${items.classes} classes`,
    );
  const network = model[side]({ rng: random(0), dtype: "float32" }, items);
  const x = random(0).normal(0, 1, [batchSize, ...items.shape], { dtype: "float32" });
  const found = summary(network, model.input(x));
  console.log(json ? JSON.stringify(found, null, 2) : found.toString());
}
