import type { Assignment } from "../assignment.ts";
import { checks } from "./checks.ts";

export const assignment: Assignment = {
  id: "hw1",
  title: "The missing twin: forward and backward by hand",
  points: 10,
  hours: 3,
  hints: "cure",
  tasks: [
    { number: 1, title: "The linear layer, forward" },
    { number: 2, title: "The linear layer, backward" },
    { number: 3, title: "ReLU" },
    { number: 4, title: "The loss" },
    { number: 5, title: "The network" },
    { number: 6, title: "Update and training" },
  ],
  checks,
  essays: [],
  hidden: 11,
  credit: { "factor N": 0.5, "factor 1/N": 0.5 },
};
