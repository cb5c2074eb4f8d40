import type { Assignment } from "../assignment.ts";
import { checks } from "./checks.ts";

export const assignment: Assignment = {
  id: "hw1",
  title: "to be written",
  points: 10,
  hours: 3,
  hints: "cure",
  tasks: [],
  checks,
  essays: [],
  hidden: 0,
  credit: {},
};
