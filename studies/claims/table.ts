import type { ClaimDefinition } from "./definition.ts";
import { designClaims } from "./design.ts";
import { formulationClaims } from "./formulation.ts";
import { libraryClaims } from "./libraries.ts";

/** Every claim of the lecture, in its order. */
export const claimDefinitions: readonly ClaimDefinition[] = [
  ...libraryClaims,
  ...formulationClaims,
  ...designClaims,
];

/** Slides without a claim of their own, with the reason. */
export const slidesWithoutClaim: Readonly<Record<string, string>> = {
  Title: "the title",
  Contents: "the contents",
  "MINIST classification": "a picture of the digits",
  "MINIST classification (2)": "says what the network is for: an image of a digit in, the digit out",
  "Neural Network Design": "shows a design, and asks whether it is a good one; the slides after it answer",
  Summary: "repeats what the slides before it say",
  References: "links",
};
