import type { Assignment } from "../assignment.ts";
import { checks } from "./checks.ts";

export const assignment: Assignment = {
  id: "hw3",
  title: "to be written",
  points: 30,
  hours: 7,
  hints: "where",
  tasks: [],
  checks,
  essays: [],
  hidden: 0,
  credit: {},
};
