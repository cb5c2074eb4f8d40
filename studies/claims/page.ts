import { lessonTitles } from "./lesson-titles.ts";
import type { ClaimRow } from "./row.ts";
import { hedgeOf, origin } from "./shown.ts";
import { marks, verdicts } from "./verdict-marks.ts";

/** `docs/claims.md`: every claim by lesson. */
export function claimsPage(rows: readonly ClaimRow[]): string {
  // "10" would come before "01" in the order of an object's keys.
  const titles = Object.entries(lessonTitles).sort(([a], [b]) => a.localeCompare(b));
  const sections = titles.map(([number, title]) => {
    const own = rows.filter(({ lesson }) => lesson === number);
    return own.length === 0 ? "" : `## ${number} ${title}\n\n${section(own)}\n`;
  });
  return [
    "# The lecture's claims, and what was seen",
    "",
    "`npm run claims` writes this page from the results in `studies/results/`; nothing here is typed by hand.",
    "Numbers are medians over the seeds, with [lowest, highest].",
    "A claim that several studies or data sets measure has the verdict on which all agree, else “holds within limits”.",
    `In a notebook, \`claim("depth-capacity")\` of \`chalk-and-tape/studies\` shows a row with its numbers.`,
    "",
    `${count(rows)}.`,
    "",
    ...sections.filter((text) => text !== ""),
    "## Corrected slides",
    "",
    "| slide | what it could say |",
    "|---|---|",
    ...rows.flatMap(({ correctedSlide, slides }) =>
      correctedSlide === null ? [] : [`| ${slides.map(cell).join("; ")} | ${cell(correctedSlide)} |`],
    ),
    "",
  ].join("\n");
}

/** "7 ✓ hold, …": how many claims have each verdict. */
function count(rows: readonly ClaimRow[]): string {
  const counts = verdicts.map((verdict) => {
    const n = rows.filter((row) => row.verdict === verdict).length;
    return `${n} ${marks[verdict]} ${verdict}`;
  });
  return `${rows.length} claims: ${counts.join(", ")}`;
}

function section(rows: readonly ClaimRow[]): string {
  return [
    "| the slide says | verdict | what was seen | from |",
    "|---|---|---|---|",
    ...rows.map((row) => {
      const from = row.runs.map((run) => {
        const command = run.command === null ? "" : `<br>\`${run.command}\``;
        return `${cell(origin(run))}${command}`;
      });
      const said = `<a id="${row.id}"></a>${cell(row.statement + hedgeOf(row))}`;
      const seen = row.runs.map(({ verdict, sentence }) => `${marks[verdict]} ${cell(sentence)}`);
      const shown = seen.length > 1 ? seen.join("<br>") : cell(row.sentence);
      return `| ${said} | ${marks[row.verdict]} **${row.verdict}** | ${shown} | ${from.join("<br>")} |`;
    }),
  ].join("\n");
}

/** README's table: one line a claim. */
export function claimsTable(rows: readonly ClaimRow[]): string {
  return [
    "| lesson | the slide says | verdict |",
    "|---|---|---|",
    ...rows.map(
      ({ id, lesson, short, verdict }) =>
        `| ${lesson} | [${cell(short)}](docs/claims.md#${id}) | ${marks[verdict]} ${verdict} |`,
    ),
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
