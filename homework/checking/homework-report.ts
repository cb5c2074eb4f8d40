import { Exhibit } from "../../classroom/internal.ts";
import { adviceText } from "../../gradcheck/internal.ts";
import { significant } from "../../np/internal.ts";
import { html, type Markup } from "../../plots/internal.ts";
import type { Assignment } from "../assignment.ts";
import type { CheckResult } from "../checks/check.ts";
import { type HintTaken, levelFor } from "./hints.ts";

/** The public checks of a homework: each with its result, and what is wrong. */
export class HomeworkReport extends Exhibit {
  readonly assignment: Assignment;
  readonly results: readonly CheckResult[];
  /** What the file printed while it was checked. */
  readonly printed: string;
  readonly #hints: readonly HintTaken[];

  constructor(
    assignment: Assignment,
    results: readonly CheckResult[],
    { hints = [], printed = "" }: { readonly hints?: readonly HintTaken[]; readonly printed?: string } = {},
  ) {
    super();
    this.printed = printed.trimEnd();
    this.assignment = assignment;
    this.results = results;
    this.#hints = hints;
  }

  get passed(): number {
    return this.results.filter(({ state }) => state === "passed").length;
  }

  /** "All public checks passed (3 hidden not run)", never more: hidden checks may still fail. */
  get summary(): string {
    const [count, hidden] = [this.results.length, `${this.assignment.hidden} hidden not run`];
    const all = this.assignment.checks.length;
    if (count < all) return `${this.passed} of these ${count} public checks passed; there are ${all} in all.`;
    if (this.passed === count) return `All public checks passed (${hidden}).`;
    return `${this.passed} of ${count} public checks passed (${hidden}).`;
  }

  /** What is wrong, as far as the hints go; "" for a check that passed. */
  adviceOf({ id, advice }: CheckResult): string {
    return advice ? adviceText(advice, levelFor(id, this.assignment.hints, this.#hints)) : "";
  }

  override toString(): string {
    const lines = this.#tasks().flatMap(({ title, results }) => [
      title,
      ...results.flatMap((result) => [
        `  ${mark[result.state]} ${result.title}${pointsText(result)}`,
        ...this.adviceOf(result)
          .split("\n")
          .filter(Boolean)
          .map((line) => `      ${line}`),
      ]),
    ]);
    const printed = firstLines(this.printed).map((line) => `  ${line}`);
    const heading = printed.length > 0 ? [`${this.assignment.id}.ts printed:`] : [];
    return [...lines, ...heading, ...printed, this.summary].join("\n");
  }

  override toHtml(): Markup {
    const tasks = this.#tasks().map(({ title, results }) => {
      const rows = results.map(
        (result) =>
          html`<tr><td>${mark[result.state]}</td><td>${result.title}${pointsText(result)}<br>${this.adviceOf(result)}</td></tr>`,
      );
      return html`<p><b>${title}</b></p><table>${rows}</table>`;
    });
    const printed = firstLines(this.printed).join("\n");
    const shown = printed === "" ? null : html`<p>${this.assignment.id}.ts printed:</p><pre>${printed}</pre>`;
    return html`${tasks}${shown}<p>${this.summary}</p>`;
  }

  #tasks(): { readonly title: string; readonly results: readonly CheckResult[] }[] {
    const { id, tasks } = this.assignment;
    return tasks
      .map(({ number, title }) => ({
        title: `${id}, task ${number}: ${title}`,
        results: this.results.filter(({ task }) => task === number),
      }))
      .filter(({ results }) => results.length > 0);
  }
}

const mostLines = 20;

/** The first lines of what a file printed; without any, an empty list. */
function firstLines(text: string): readonly string[] {
  if (text === "") return [];
  const lines = text.split("\n").map((line) => (line.length > 160 ? `${line.slice(0, 160)} …` : line));
  const rest = lines.length - mostLines;
  return rest > 0 ? [...lines.slice(0, mostLines), `… and ${rest} lines more`] : lines;
}

const mark = { passed: "✓", failed: "✗", skipped: "–" } as const;

/** ` (1 of 2 points)`. */
function pointsText({ points, share }: CheckResult): string {
  if (points === 0) return "";
  const say = (x: number): string => String(significant(x, 3));
  const unit = points === 1 ? "point" : "points";
  return share === 1 ? ` (${say(points)} ${unit})` : ` (${say(points * share)} of ${say(points)} ${unit})`;
}
