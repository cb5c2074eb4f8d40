import type { BoxCommand } from "../../homework/internal.ts";
import type { WallProbe } from "./result.ts";

/** Where submissions run: the folder that they see, and the wall around it. */
export interface Ground {
  readonly wall: {
    readonly name: string;
    readonly networkOpen: boolean;
    command(boxFolder: string, submissionFolder: string, assignment: string): BoxCommand;
  };
  readonly box: {
    readonly folder: string;
    /** Writes a submission's JavaScript into a folder of its own, and returns that folder. */
    place(id: string, code: string): string;
  };
  /** Tries the wall before the first submission. */
  readonly selfTest: () => Promise<readonly WallProbe[]>;
}

/** The name of the wall as every page says it. */
export function wallText({ wall }: Ground): string {
  return wall.networkOpen && !wall.name.startsWith("none")
    ? `${wall.name}; the network was open`
    : wall.name;
}
