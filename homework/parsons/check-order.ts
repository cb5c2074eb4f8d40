import { readFileSync } from "node:fs";
import { describe, unknownName } from "../../np/internal.ts";
import { assignmentNames } from "../assignments.ts";
import { brokenRule, isPermutation } from "./order.ts";

/** Lines of one function, out of order. */
export interface OrderPuzzle {
  /** `linearBackward`, or `Net.backward`. */
  readonly name: string;
  readonly lines: readonly string[];
}

/**
 * Prints whether the lines of a function, numbered as the notebook shows them, stand in an order that works:
 * `checkOrder("hw1", "linearBackward", [3, 1, 2, 4])`. Any order is right in which each line finds what it reads.
 * @throws RangeError for an unknown assignment or function, and for an order that does not name each line once
 */
export function checkOrder(assignment: string, name: string, order: readonly number[]): void {
  const puzzles = puzzlesOf(assignment);
  const puzzle = puzzles.find((one) => one.name === name);
  if (!puzzle)
    throw unknownName(
      "function",
      name,
      puzzles.map((one) => one.name),
    );
  console.log(verdict(puzzle.lines, order));
}

/** One sentence about an order. @throws RangeError for an order that does not name each line once */
export function verdict(lines: readonly string[], order: readonly number[]): string {
  if (!Array.isArray(order) || !isPermutation(order, lines.length))
    throw new RangeError(`the order must hold each of 1 … ${lines.length} once, got ${describe(order)}`);
  const broken = brokenRule(
    lines,
    order.map((line) => line - 1),
  );
  if (!broken) return "✓ This order works.";
  const [before, after] = [broken.before + 1, broken.after + 1];
  return broken.name === ""
    ? `✗ Line ${after} returns, so nothing can stand after it, and line ${before} does.`
    : `✗ Line ${after} needs ${broken.name}, and line ${before}, which writes it, stands after it.`;
}

/** The puzzles of an assignment; none for one without. */
function puzzlesOf(assignment: string): readonly OrderPuzzle[] {
  if (!assignmentNames.includes(assignment)) throw unknownName("assignment", assignment, assignmentNames);
  const file = new URL(`../../../homework/${assignment}/edition/order.json`, import.meta.url);
  try {
    return JSON.parse(readFileSync(file, "utf8")) as OrderPuzzle[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new RangeError(`${assignment} offers no lines out of order`);
  }
}
