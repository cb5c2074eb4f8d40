import type { BoxCommand } from "../../homework/internal.ts";
import type { Limits } from "./limits.ts";

/** What a command may leave out, so that the self-test sees one wall at a time. */
export interface CommandOptions {
  readonly limits?: Partial<Limits>;
  /** Node's own `--permission`; on by default. */
  readonly permission?: boolean;
}

/** What stands between a submission and this machine. */
export interface Wall {
  /** As the report prints it: "bubblewrap", "none (--unsafe)". */
  readonly name: string;
  /** True where a submission can reach the network: every page then says so. */
  readonly networkOpen: boolean;
  /** What the self-test tries and this wall does not stop: "network", "programs". */
  readonly open: readonly string[];
  /** One line for the report: what the wall is made of. */
  readonly summary: string;
  /** The command that runs the submission in `submissionFolder`, which `Box.place` has made, inside the wall. */
  command(
    boxFolder: string,
    submissionFolder: string,
    assignment: string,
    options?: CommandOptions,
  ): BoxCommand;
}

/** A kind of wall: it looks whether this machine has it. */
export interface WallKind {
  readonly name: string;
  /** @throws WallMissing with the reason and what to install */
  find(): Wall;
}

/** This machine does not have this wall. */
export class WallMissing extends Error {
  override readonly name: string = "WallMissing";
}
