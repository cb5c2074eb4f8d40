import { bubblewrap } from "./bubblewrap.ts";
import { namespaces } from "./namespaces.ts";
import { noWall } from "./no-wall.ts";
import { whyNotGrade } from "./node-versions.ts";
import { secondUser } from "./second-user.ts";
import { type Wall, type WallKind, WallMissing } from "./wall.ts";

/** From the strongest to the weakest. */
export const wallKinds: readonly WallKind[] = [bubblewrap, namespaces, secondUser];

export interface FindOptions {
  /** Take no wall if this machine has none. */
  readonly unsafe?: boolean;
  /** The kinds to look for, the first that is here wins; all by default. */
  readonly kinds?: readonly WallKind[];
}

/** There is no wall here, so nothing is graded. */
export class NoWall extends Error {
  override readonly name: string = "NoWall";
}

/**
 * The strongest wall that this machine has.
 * @throws NoWall with the reason for each kind and what to install; also for a version of Node that may
 * not grade
 */
export async function findWall({ unsafe = false, kinds = wallKinds }: FindOptions = {}): Promise<Wall> {
  const refusal = whyNotGrade(process.versions.node);
  if (refusal) throw new NoWall(refusal);
  const reasons: string[] = [];
  for (const kind of kinds) {
    try {
      return kind.find();
    } catch (error) {
      if (!(error instanceof WallMissing)) throw error;
      reasons.push(`  ${kind.name}: ${error.message}`);
    }
  }
  if (unsafe) return noWall;
  const advice = "Install one of them, or grade without a wall with --unsafe, which every page will say";
  throw new NoWall(`no wall between submissions and this machine:\n${reasons.join("\n")}\n${advice}`);
}
