import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RehearsalCase } from "./rehearse.ts";

/** Cannot be parsed. */
const broken = "export function (((\n";

/**
 * Writes a class of made-up students, one folder each: of ten, four right, four wrong, one who handed in
 * the edition unchanged and one whose file does not parse. Every file differs, so every seed does.
 */
export function writeClass(folder: string, cases: readonly RehearsalCase[], id: string, count: number): void {
  const of = (...kinds: readonly string[]): readonly string[] =>
    cases.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  const [right, wrong, edition] = [of("reference", "right"), of("wrong"), of("edition")];
  for (let i = 0; i < count; i++) {
    const turn = i % 10;
    const nth = 4 * Math.floor(i / 10) + (turn % 4);
    const pool = turn < 4 ? right : turn < 8 && wrong.length > 0 ? wrong : edition;
    const text = turn === 9 ? broken : (pool[nth % pool.length] as string);
    const student = `student-${String(i + 1).padStart(4, "0")}`;
    mkdirSync(join(folder, student), { recursive: true });
    writeFileSync(join(folder, student, `${id}.ts`), `${text}\n// ${student}\n`);
  }
}
