import type { Attack } from "../attack.ts";
import { answerAttacks } from "./answers.ts";
import { fileAttacks } from "./files.ts";
import { languageAttacks } from "./language.ts";
import { networkAttacks } from "./network.ts";
import { processAttacks } from "./process.ts";
import { protocolAttacks } from "./protocol.ts";
import { resourceAttacks } from "./resources.ts";

/** Every attack, by kind. Their texts are what an attacker would write, so they say `any` where types are in the way. */
export const corpus: readonly Attack[] = [
  ...processAttacks,
  ...fileAttacks,
  ...networkAttacks,
  ...languageAttacks,
  ...answerAttacks,
  ...protocolAttacks,
  ...resourceAttacks,
];
