/** An assignment of three checks, small enough to grade in a test. It has ten points; one of them is for a text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type GradedAssignment,
  type Ground,
  type Handed,
  makeBox,
  noWall,
  type WallProbe,
} from "#internal/grader";
import type { Check } from "#internal/homework";

function check(id: string, points: number, needs: readonly string[], run: Check["run"]): Check {
  return { id, task: 1, points, title: `${id} works`, needs, run };
}

const doubling = check("doubles", 4, [], async ({ random, ask, agree, require }) => {
  const x = random.standardNormal(5);
  const { y } = await ask("double", { x });
  const isSame = y?.shape.length === 1 && y.item(0) === x.item(0);
  require(!isSame, { where: "y is x", cause: "unchanged" });
  agree("y", y, x.mul(2));
});

const doubles: Check = { ...doubling, credit: ["unchanged"] };

const halves = check("halves", 3, ["doubles"], async ({ random, ask, agree }) => {
  const x = random.standardNormal([2, 3]);
  agree("y", (await ask("halve", { x })).y, x.div(2));
});

const large = check("large", 2, [], async ({ random, ask, agree }) => {
  const x = random.standardNormal([30, 40]);
  agree("y", (await ask("double", { x })).y, x.mul(2));
});

/** Four points and three in public, two hidden, one for a text; a result equal to its input earns half. */
export const tiny: GradedAssignment = {
  assignment: {
    id: "tiny",
    title: "Twice and half",
    points: 10,
    hours: 1,
    hints: "what",
    tasks: [{ number: 1, title: "Twice and half" }],
    checks: [doubles, halves],
    essays: [
      { id: "answers.why", task: 1, points: 1, title: "Why?", rubric: [{ points: 1, text: "says why" }] },
    ],
    hidden: 1,
    credit: { unchanged: 0.5 },
  },
  hidden: [large],
  right: [],
  wrong: [],
};

const half = "export const halve = (x: any) => x.div(2);";
const why = 'export const answers = { why: "Because " + `it is twice.` };';

/** Texts of the tiny assignment, with the points that each earns. */
export const texts = {
  right: { points: 9, text: `export function double(x: any) { return x.mul(2); }\n${half}\n${why}\n` },
  unchanged: { points: 2, text: `export function double(x: any) { return x; }\n${half}\n` },
  wrong: { points: 0, text: `export function double(x: any) { return x.mul(3); }\n${half}\n` },
  one: { points: 6, text: "export function double(x: any) { return x.mul(2); }\n" },
  ends: { points: 0, text: `process.exit(0);\n` },
  hangs: { points: 0, text: `export function double() { for (;;) {} }\n` },
} as const;

/** A folder for one test file. Call `remove` when it is done. */
export class Scratch {
  readonly folder: string = mkdtempSync(join(tmpdir(), "chalk-test-grade-"));

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  write(path: string, content: string | Uint8Array): string {
    const whole = this.path(path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const secret: string = "0123456789abcdef".repeat(4);
export const probes: readonly WallProbe[] = [
  { wall: "test", kind: "control", tried: "nothing: the walls have tests of their own", holds: true },
];

/** No wall: what is tested here is the run, and the walls have tests of their own. */
export async function tinyGround(
  selfTest: readonly WallProbe[] = probes,
): Promise<Ground & { remove(): void }> {
  const box = await makeBox("tiny", fileURLToPath(new URL("./tiny-calls.js", import.meta.url)));
  return { wall: noWall, box, selfTest: async () => selfTest, remove: () => box.remove() };
}

/** Something handed in as `tiny.ts`. */
export function handed(student: string, text: string, more: Partial<Handed> = {}): Handed {
  const bytes = new TextEncoder().encode(text);
  const file = { path: "tiny.ts", size: bytes.length, read: async () => bytes };
  return { student, place: student, attempt: 1, handedIn: null, file, refused: "", notes: [], ...more };
}
