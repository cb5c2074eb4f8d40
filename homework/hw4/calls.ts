import { array } from "../../np/index.ts";
import type { Calls } from "../protocol/calls.ts";
import { describePlainly } from "../protocol/describe-plainly.ts";
import { exported } from "../protocol/exported.ts";
import { choiceToArrays } from "./choice.ts";
import { RemoteLayer } from "./remote-layer.ts";
import { textsToArrays } from "./words.ts";

export const calls: Calls = {
  gradientIsRight: (submission, _inputs, request) => {
    const right = exported<(...args: unknown[]) => unknown>(
      submission,
      "gradientIsRight",
    )(new RemoteLayer(request));
    if (typeof right !== "boolean")
      throw new TypeError(`gradientIsRight returned ${describePlainly(right)}, expected true or false`);
    return { right: array(Number(right)) };
  },
  choice: ({ choice }) => choiceToArrays(choice),
  answers: ({ answers }) => textsToArrays(answers),
};
