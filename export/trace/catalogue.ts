import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";

/** The classes of the catalogue that an engine has too, or that are translated as one piece. */
export const leafNames = [
  "AdaptiveAvgPool2d",
  "AvgPool2d",
  "BatchNorm1d",
  "BatchNorm2d",
  "Bilinear",
  "Conv1d",
  "Conv2d",
  "ConvTranspose2d",
  "Dropout",
  "Dropout2d",
  "ELU",
  "Embedding",
  "Flatten",
  "GELU",
  "GroupNorm",
  "Hardtanh",
  "Identity",
  "LayerNorm",
  "LeakyReLU",
  "Linear",
  "LogSoftmax",
  "MaxPool2d",
  "NonlinearClassifier",
  "PadShortcut",
  "PReLU",
  "ReLU",
  "SELU",
  "Sigmoid",
  "SiLU",
  "Softmax",
  "Softplus",
  "Tanh",
] as const;

export type LeafName = (typeof leafNames)[number];

/** Classes of the catalogue that hold other parts, and are looked into. */
export const containerNames = [
  "BasicBlock",
  "DepthwiseSeparable",
  "ModuleDict",
  "ModuleList",
  "Residual",
  "Sequential",
] as const;

export type ContainerName = (typeof containerNames)[number];

const classes = (names: readonly string[]): Map<unknown, string> =>
  new Map(
    names.flatMap((name): [unknown, string][] => [
      [Reflect.get(manual, name), name],
      [Reflect.get(autograd, name), name],
    ]),
  );
const leaves = classes(leafNames);
const containers = classes(containerNames);

/** The name of a part's class if that is this package's own layer or activation, else null; a subclass or a namesake is not. */
export function leafName(part: object): LeafName | null {
  return (leaves.get(part.constructor) as LeafName | undefined) ?? null;
}

/** The same for classes that hold other parts. */
export function containerName(part: object): ContainerName | null {
  return (containers.get(part.constructor) as ContainerName | undefined) ?? null;
}
