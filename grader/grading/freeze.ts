import { largestFile, NotGradable } from "../../homework/internal.ts";
import type { Handed } from "../intake/intake.ts";
import { seedOf, sha256 } from "./secret.ts";

/** A submission whose text can no longer change, and what its inputs are drawn from. */
export interface Frozen {
  readonly text: string;
  /** SHA-256, hexadecimal. */
  readonly source: string;
  readonly seed: number;
}

/**
 * Reads the one file that counts. The seed is drawn after that, from these bytes.
 * @throws NotGradable with the reason, for a file that is missing, too long or no text
 */
export async function freeze(handed: Handed, secret: string, assignment: string): Promise<Frozen> {
  if (!handed.file) throw new NotGradable(handed.refused);
  const name = `${assignment}.ts`;
  let bytes: Uint8Array;
  try {
    bytes = await handed.file.read(largestFile);
  } catch (error) {
    throw new NotGradable(`${name}: ${(error as Error).message}`);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, source: sha256(bytes).toString("hex"), seed: seedOf(bytes, secret, assignment) };
  } catch {
    throw new NotGradable(`${name} is not text in UTF-8; save it as UTF-8`);
  }
}
