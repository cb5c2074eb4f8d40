import type { Assignment, Check } from "../homework/internal.ts";
import { assignmentNamed } from "../homework/internal.ts";
import type { KnownAnswer } from "./known-answer.ts";

/** An assignment as an instructor has it: with hidden checks, and answers whose points are known. */
export interface GradedAssignment {
  readonly assignment: Assignment;
  readonly hidden: readonly Check[];
  readonly right: readonly KnownAnswer[];
  readonly wrong: readonly KnownAnswer[];
}

const parts: Readonly<Record<string, () => Promise<Omit<GradedAssignment, "assignment">>>> = {
  hw1: async () => ({ ...(await import("./hw1/hidden.ts")), ...(await import("./hw1/answers.ts")) }),
  hw2: async () => ({ ...(await import("./hw2/hidden.ts")), ...(await import("./hw2/answers.ts")) }),
  hw3: async () => ({ ...(await import("./hw3/hidden.ts")), ...(await import("./hw3/answers.ts")) }),
  hw4: async () => ({ ...(await import("./hw4/hidden.ts")), ...(await import("./hw4/answers.ts")) }),
};

/** @throws RangeError for a name that is not in the list */
export async function gradedAssignment(id: string): Promise<GradedAssignment> {
  const assignment = await assignmentNamed(id);
  const load = parts[id] as () => Promise<Omit<GradedAssignment, "assignment">>;
  return { assignment, ...(await load()) };
}
