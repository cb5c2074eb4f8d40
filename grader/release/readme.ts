import type { Assignment } from "../../homework/internal.ts";

/** The README of a student's folder. */
export function readmeOf({ id, title, points, hours, tasks, checks, essays, hidden }: Assignment): string {
  const rows = tasks.map(({ number, title: what }) => {
    const ofTask = (parts: readonly { task: number; points: number }[]): string => {
      const sum = parts.reduce((all, part) => (part.task === number ? all + part.points : all), 0);
      return sum === 0 ? "" : String(sum);
    };
    return `| ${number} | ${what} | ${ofTask(checks)} | ${ofTask(essays)} |`;
  });
  const later = hidden === 1 ? "1 check runs" : `${hidden} checks run`;
  return `${[
    `# ${title}`,
    "",
    `${points} points, about ${hours} hours.`,
    `You write in \`${id}.ts\`, and in no other file.`,
    `\`${id}.ipynb\` is the text: it says what to write, and its cells try it.`,
    "",
    "```sh",
    "npm install        # once",
    "npm run check      # runs the public checks, in about a second",
    "npm run notebook   # opens the notebook in Jupyter",
    "```",
    "",
    "| task | what | points of public checks | points of your texts |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...(hidden > 0 ? [`${later} only when your work is graded.`] : []),
    `Hand in \`${id}.ts\`.`,
    `\`npm run check -- --task ${tasks[0]?.number ?? 1}\` checks one task, and \`--hint\` gives the next sentence about a mistake.`,
  ].join("\n")}\n`;
}
