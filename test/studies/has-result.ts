import { studies } from "chalk-and-tape/studies";
import type { ClaimDefinition } from "#internal/studies";

/** Whether every study of a claim exists. */
export function hasResult({ evidence }: ClaimDefinition): boolean {
  return evidence.kind !== "measured" || evidence.studies.every((name) => Object.hasOwn(studies, name));
}
