import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { ones, random } from "chalk-and-tape/np";

/** What a beginner passes; the compiler would refuse it, a notebook does not look. */
const wrong = (x: unknown): never => x as never;

describe("what is not an array is named, with the way to make one", () => {
  const rng = random(0);
  const calls: [title: string, call: () => unknown, message: RegExp][] = [
    [
      "chalk: a list for x",
      () => new manual.Linear(3, 2, { rng }).forward(wrong([[1, 2, 3]])),
      /^Linear\.forward: x is not an array; .*np\.array\(list\)/,
    ],
    [
      "tape: a list for x",
      () => new autograd.Linear(3, 2, { rng }).forward(wrong([[1, 2, 3]])),
      /^Linear\.forward: x is not an array; .*tensor\(list\)/,
    ],
    [
      "tape: an array for x",
      () => new autograd.Linear(3, 2, { rng, bias: false }).forward(wrong(ones([4, 3]))),
      /make this array a tensor, tensor\(x\)/,
    ],
    [
      "a list for class indices",
      () => new manual.CrossEntropyLoss().forward(ones([2, 3]), wrong([0, 1])),
      /^CrossEntropyLoss\.forward: target is not an NDArray; np\.array/,
    ],
    [
      "chalk: a tensor for what is fitted",
      () => new manual.MSELoss().forward(ones([1]), wrong(autograd.tensor([0]))),
      /^MSELoss\.forward: target is not an NDArray; chalk's targets are constants: pass target\.data/,
    ],
    [
      "a list for what is fitted",
      () => new manual.MSELoss().forward(ones([1]), wrong([1])),
      /^MSELoss\.forward: target is not an NDArray/,
    ],
    [
      "a list for a prediction",
      () => new manual.MSELoss().forward(wrong([1]), ones([1])),
      /^MSELoss\.forward: input is not an array/,
    ],
    [
      "a number for a generator",
      () => new manual.Linear(3, 2, { rng: wrong(5) }),
      /^Linear: rng is 5, expected a stream such as random\(1\)/,
    ],
  ];
  for (const [title, call, message] of calls) it(title, () => expect(call).to.throw(TypeError, message));
});
