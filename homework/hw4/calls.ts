import { array } from "../../np/index.ts";
import type { Calls, Submission } from "../protocol/calls.ts";
import { describePlainly } from "../protocol/describe-plainly.ts";
import { choiceToArrays } from "./choice.ts";
import { RemoteLayer } from "./remote-layer.ts";
import { textsToArrays } from "./words.ts";

export const calls: Calls = {
  gradientIsRight: (submission, _inputs, request) => {
    const right = exported(submission, "gradientIsRight")(new RemoteLayer(request));
    if (typeof right !== "boolean")
      throw new TypeError(`gradientIsRight returned ${describePlainly(right)}, expected true or false`);
    return { right: array(Number(right)) };
  },
  choice: ({ choice }) => choiceToArrays(choice),
  answers: ({ answers }) => textsToArrays(answers),
};

function exported(submission: Submission, name: string): (...args: unknown[]) => unknown {
  const value = submission[name];
  if (typeof value !== "function") throw new TypeError(`your file exports no function ${name}`);
  return value as (...args: unknown[]) => unknown;
}
