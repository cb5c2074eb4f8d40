import { unknownName } from "../np/internal.ts";
import type { Assignment } from "./assignment.ts";

/** All assignments, in their order. Each is loaded when it is asked for. */
const assignments: Readonly<Record<string, () => Promise<Assignment>>> = {
  hw1: async () => (await import("./hw1/assignment.ts")).assignment,
  hw2: async () => (await import("./hw2/assignment.ts")).assignment,
  hw3: async () => (await import("./hw3/assignment.ts")).assignment,
  hw4: async () => (await import("./hw4/assignment.ts")).assignment,
};

/** The names of all assignments. */
export const assignmentNames: readonly string[] = Object.keys(assignments);

/** @throws RangeError for a name that is not in the list */
export async function assignmentNamed(id: string): Promise<Assignment> {
  const load = Object.hasOwn(assignments, id) ? assignments[id] : undefined;
  if (!load) throw unknownName("assignment", id, assignmentNames);
  return load();
}
