import type { Box } from "../box/box.ts";
import { makeBox } from "../box/box.ts";
import { findWall, NoWall } from "../walls/find.ts";
import { selfTest, wallProblems } from "../walls/self-test.ts";
import type { Wall } from "../walls/wall.ts";
import type { WallProbe } from "./result.ts";

/** Where submissions run: the folder that they see, and the wall around it. */
export interface Ground {
  readonly wall: Wall;
  readonly box: Pick<Box, "folder" | "place">;
  /** Tries the wall before the first submission. */
  readonly selfTest: () => Promise<readonly WallProbe[]>;
}

/**
 * The strongest wall of this machine, with a box for the assignment. Remove it with `remove`.
 * @throws RangeError without a wall, unless `unsafe`
 */
export async function makeGround(
  assignment: string,
  { unsafe = false }: { readonly unsafe?: boolean } = {},
): Promise<Ground & { remove(): void }> {
  const wall = await findWall({ unsafe }).catch((error: unknown) => {
    throw error instanceof NoWall ? new RangeError(error.message) : error;
  });
  const box = await makeBox(assignment);
  return { wall, box, selfTest: () => selfTest(wall), remove: () => box.remove() };
}

/** The name of the wall as every page says it. */
export function wallText({ wall }: Ground): string {
  return wall.networkOpen && !isNone(wall) ? `${wall.name}; the network was open` : wall.name;
}

/** What stops a run. Without a wall only a broken instrument does: `--unsafe` has said the rest. */
export function problemsOf({ wall }: Ground, probes: readonly WallProbe[]): readonly string[] {
  return wallProblems(
    wall,
    probes.filter(({ kind }) => kind === "control" || !isNone(wall)),
  );
}

function isNone({ name }: Wall): boolean {
  return name.startsWith("none");
}
