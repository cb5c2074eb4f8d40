import type { Assignment } from "../assignment.ts";
import { checks } from "./checks.ts";

export const assignment: Assignment = {
  id: "hw2",
  title: "Cross entropy step by step, and a network for MNIST",
  points: 25,
  hours: 6,
  hints: "what",
  tasks: [
    { number: 1, title: "Softmax that survives large logits" },
    { number: 2, title: "Cross entropy, one name for each step" },
    { number: 3, title: "The gradient of each step" },
    { number: 4, title: "Fuse" },
    { number: 5, title: "Two layers" },
    { number: 6, title: "The network" },
    { number: 7, title: "Momentum" },
    { number: 8, title: "Train" },
  ],
  checks,
  essays: [],
  hidden: 6,
  credit: { "factor N": 0.5, "factor 1/N": 0.5, sign: 0.5 },
};
