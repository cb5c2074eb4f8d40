import { createHmac } from "node:crypto";

/** A name that says nothing: the same for the same student and secret, in every assignment. */
export function pseudonymOf(student: string, secret: string): string {
  return `S-${createHmac("sha256", secret).update(`pseudonym:${student}`).digest("hex").slice(0, 10)}`;
}
