import { expect } from "chai";

function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until no process of the group is left. */
export async function expectDead(group: number | undefined): Promise<void> {
  expect(group).to.be.a("number");
  for (let tries = 0; tries < 1200 && isAlive(group as number); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(isAlive(group as number), "the kernel still runs").to.equal(false);
}
