import type { Assignment } from "../assignment.ts";
import { checks } from "./checks.ts";

export const assignment: Assignment = {
  id: "hw2",
  title: "to be written",
  points: 25,
  hours: 6,
  hints: "what",
  tasks: [],
  checks,
  essays: [],
  hidden: 0,
  credit: {},
};
