import { type Case, twins } from "./case.ts";
import { normal } from "./inputs.ts";
import { awake, evaluating, nudged } from "./parameters.ts";

const slim = { large: { directional: "always" } } as const;

/** Networks for images, most with fewer channels than the real ones, whose rows would take minutes and show no more. */
export const imageModelCases: readonly Case[] = [
  {
    ...awake(twins("LeNet5", (rng) => [{ rng }])),
    what: "digits, all of its 61,706 parameters",
    inputs: { x: normal(2, 1, 28, 28) },
    large: { everyParameter: true, directional: "unless named" },
  },
  {
    ...slim,
    ...twins("LeNet5", (rng) => [{ rng, size: 32, inChannels: 3, numClasses: 4 }]),
    what: "32 × 32 colour images, 4 classes",
    inputs: { x: normal(2, 3, 32, 32) },
  },
  {
    ...slim,
    ...nudged(twins("CifarNet", (rng) => [{ rng, channels: [2, 3, 4] }])),
    what: "2, 3 and 4 channels",
    inputs: { x: normal(3, 3, 32, 32) },
  },
  {
    ...slim,
    ...evaluating(
      nudged(twins("CifarNet", (rng) => [{ rng, channels: [3, 2], inChannels: 1, numClasses: 4 }])),
      normal(2, 1, 32, 32),
    ),
    what: "two stages, gray, in evaluation",
    inputs: { x: normal(2, 1, 32, 32) },
  },
  {
    ...slim,
    ...twins("AlexNet", (rng) => [{ rng, width: 1 / 16 }]),
    what: "a 16th of its channels, with its dropout",
    inputs: { x: normal(3, 3, 32, 32) },
  },
  {
    ...slim,
    ...nudged(twins("Vgg11", (rng) => [{ rng, width: 1 / 32 }])),
    what: "a 32nd of its channels",
    inputs: { x: normal(3, 3, 32, 32) },
  },
  {
    ...slim,
    ...nudged(twins("ResNet20", (rng) => [{ rng, width: 1 / 8 }])),
    what: "an eighth of its channels, shortcuts A",
    inputs: { x: normal(2, 3, 8, 8) },
  },
  {
    ...slim,
    ...evaluating(
      nudged(twins("ResNet20", (rng) => [{ rng, width: 1 / 8, shortcut: "B" }])),
      normal(2, 3, 8, 8),
    ),
    what: "an eighth of its channels, shortcuts B, in evaluation",
    inputs: { x: normal(2, 3, 8, 8) },
  },
  {
    ...slim,
    ...nudged(twins("ResNet18", (rng) => [{ rng, width: 1 / 32 }])),
    what: "a 32nd of its channels",
    inputs: { x: normal(2, 3, 16, 16) },
  },
  {
    ...slim,
    ...nudged(twins("ResNet18", (rng) => [{ rng, width: 1 / 32, stem: "imagenet" }])),
    what: "a 32nd of its channels, ImageNet's stem",
    inputs: { x: normal(2, 3, 48, 48) },
  },
  {
    ...slim,
    // In training mode 27 normalisations in a row make it so steep that most directions cross kinks; so its training mode is compared with PyTorch instead.
    ...evaluating(nudged(twins("MobileNet", (rng) => [{ rng, width: 1 / 8 }])), normal(4, 3, 8, 8)),
    what: "an eighth of its channels, in evaluation",
    inputs: { x: normal(2, 3, 8, 8) },
  },
];
