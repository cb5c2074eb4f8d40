import { createHash } from "node:crypto";

/**
 * The seed of a student's variant, from 0 to 2³² − 1: the first four bytes, big end first, of
 * SHA-256("<assignment> <student>"), both in Unicode's form NFC. The grader finds the same number again.
 */
export function variantSeed(assignment: string, student: string): number {
  const text = `${assignment} ${student}`.normalize("NFC");
  return createHash("sha256").update(text).digest().readUInt32BE(0);
}
