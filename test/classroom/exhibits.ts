/** One exhibit of every kind, with whatever it can hold. */
import * as autograd from "chalk-and-tape/autograd";
import {
  attempt,
  cmp,
  type Exhibit,
  ladderTable,
  measured,
  predict,
  predictions,
  type Stepper,
  sanityLadder,
  sideBySide,
  stepper,
  stepThrough,
} from "chalk-and-tape/classroom";
import { blobs } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { ones, random } from "chalk-and-tape/np";
import { line } from "chalk-and-tape/plots";

const twins = () =>
  [new manual.MlpClassifier({ rng: random(1) }), new autograd.MlpClassifier({ rng: random(1) })] as const;

/** Steps with pictures: 14 parts, forward and back. */
export function steps(): Promise<Stepper> {
  return stepThrough(...twins(), ones([4, 2]), ones([4, 1]));
}

export async function exhibits(): Promise<readonly Exhibit[]> {
  const choices = ["a < b", 'a "b"'];
  const ladder = await sanityLadder(new manual.Linear(2, 3, { rng: random(1) }), blobs({ n: 30, seed: 1 }));
  return [
    predict("exhibit", "Is a < b & b < c?", "a < b", { choices }),
    measured("exhibit", 'a "b"'),
    predictions(),
    cmp({ "∂L/∂z": [1, 2] }),
    attempt({ wrong: () => ones([2]).matmul(ones([3])) }),
    sideBySide(...twins(), ones([4, 2]), ones([4, 1])),
    await steps(),
    await stepper("Pictures", [{ title: "a line", picture: line([1, 2]), values: { y: "[1\n 2]" } }]),
    ladder,
    ladderTable([{ name: "a < b", ladder, also: { "test accuracy": "81 %" } }]),
  ];
}
