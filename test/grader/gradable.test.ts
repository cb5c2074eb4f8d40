import { expect } from "chai";
import { editionOf, expectGradable, type GradedAssignment } from "#internal/grader";
import type { Assignment } from "#internal/homework";
import { hw0, hw0Sources } from "./fixtures/hw0.ts";

const changed = (parts: Partial<Assignment>, hidden = hw0.hidden): GradedAssignment => ({
  ...hw0,
  hidden,
  assignment: { ...hw0.assignment, hidden: hidden.length, ...parts },
});
const [forward, backward, step] = hw0.assignment.checks as [never, never, never];
const withNeeds = (needs: string[]): GradedAssignment =>
  changed({ checks: [forward, { ...(backward as object), needs } as never, step] });

describe("what can be released", () => {
  it("the small assignment can", () => expect(() => expectGradable(hw0)).to.not.throw());

  const refused: readonly [string, GradedAssignment, RegExp][] = [
    ["no checks", changed({ checks: [] }, []), /no graded check/],
    [
      "checks without points",
      changed({ checks: [{ ...(forward as object), points: 0 } as never], points: 4 }, []),
      /no graded check/,
    ],
    ["points that do not sum", changed({ points: 9.5 }), /have 10 points, the assignment says 9\.5/],
    ["points without the hidden ones", changed({}, []), /have 8\.5 points/],
    ["a wrong number of hidden checks", changed({ hidden: 2 }), /says hidden: 2, and has 1/],
    ["a need that nobody has", withNeeds(["t1-forwards"]), /t2-weight needs t1-forwards, which is not/],
    ["a need of a hidden check", withNeeds(["h2-secret-rate"]), /t2-weight needs h2-secret-rate/],
    ["a need that comes later", withNeeds(["t2-step"]), /needs t2-step, which runs after it/],
    ["a need of itself", withNeeds(["t2-weight"]), /needs t2-weight, which runs after it/],
    [
      "two checks of one name",
      changed({ checks: [forward, forward], points: 9.5 }, [{ ...hw0.hidden[0], needs: [] } as never]),
      /^hw0 cannot be released: two parts are named t1-forward$/,
    ],
    [
      "an essay with a check's name",
      changed({ essays: [{ ...hw0.assignment.essays[0], id: "t2-step" } as never] }),
      /two parts are named t2-step/,
    ],
    ["a task that is not listed", changed({ tasks: [{ number: 1, title: "one" }] }), /t2-step is of task 2/],
    [
      "negative points",
      changed({ checks: [{ ...(forward as object), points: -1 } as never, backward, step], points: 7 }),
      /t1-forward has points below 0/,
    ],
  ];
  for (const [what, graded, message] of refused)
    it(`refuses ${what}`, () => {
      expect(() => expectGradable(graded)).to.throw(RangeError, message);
      expect(() => editionOf(graded, hw0Sources)).to.throw(RangeError, message);
    });
});
