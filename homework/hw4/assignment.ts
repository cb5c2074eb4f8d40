import type { Assignment } from "../assignment.ts";
import { checks } from "./checks.ts";
import { essays } from "./essays.ts";
import { practiceFile } from "./practice/practice-file.ts";

/** Points of the hidden check on gradient tests: bugs that are caught, up to this number, minus false alarms. */
const most = 15;

export const assignment: Assignment = {
  id: "hw4",
  title: "A test for gradients, and a network of your choice",
  points: 35,
  hours: 7,
  hints: "where",
  tasks: [
    { number: 1, title: "A gradient test that finds bugs" },
    { number: 2, title: "The design flow, and a choice" },
    { number: 3, title: "Three short texts" },
  ],
  checks,
  essays,
  hidden: 3,
  credit: Object.fromEntries(
    Array.from({ length: most }, (_, points) => [`${points} of ${most}`, points / most]),
  ),
  variant: (seed) => ({ "practice.ts": practiceFile(seed) }),
};
