import type { Assignment } from "../assignment.ts";
import { ruleChecks } from "./checks/rules.ts";
import { tapeChecks } from "./checks/tape.ts";
import { useChecks } from "./checks/use.ts";
import { valueChecks } from "./checks/values.ts";

/** Homework 3: a tape for numbers, then one for arrays. */
export const assignment: Assignment = {
  id: "hw3",
  title: "Build the tape",
  points: 30,
  hours: 7,
  hints: "where",
  tasks: [
    { number: 1, title: "Value: backward" },
    { number: 2, title: "Value: four more operations" },
    { number: 3, title: "Tensor: the values of the operations" },
    { number: 4, title: "Tensor: backward" },
    { number: 5, title: "Sums over broadcast axes" },
    { number: 6, title: "The rules of the operations" },
    { number: 7, title: "A network on your tape" },
  ],
  checks: [...valueChecks, ...tapeChecks, ...ruleChecks, ...useChecks],
  essays: [],
  hidden: 5,
  // The right numbers with a slip that a look at one line finds.
  credit: { mask: 0.5, sign: 0.5, transposed: 0.5 },
};
