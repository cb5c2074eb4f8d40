import type { Assignment } from "../../homework/internal.ts";

/** The README of a student's folder. */
export function readmeOf(assignment: Assignment): string {
  const { id, title, points, hours, hints, tasks, checks, essays, hidden } = assignment;
  const rows = tasks.map(({ number, title: what }) => {
    const ofTask = (parts: readonly { task: number; points: number }[]): string => {
      const sum = parts.reduce((all, part) => (part.task === number ? all + part.points : all), 0);
      return sum === 0 ? "" : String(sum);
    };
    const texts = essays.length > 0 ? ` ${ofTask(essays)} |` : "";
    return `| ${number} | ${what} | ${ofTask(checks)} |${texts}`;
  });
  const later = hidden === 1 ? "1 check runs" : `${hidden} checks run`;
  return `${[
    `# ${title}`,
    "",
    `${points} points, about ${hours} ${hours === 1 ? "hour" : "hours"}.`,
    `You write in \`${id}.ts\`, and in no other file.`,
    `\`${id}.ipynb\` is the text: it says what to write, and its cells try it.`,
    "",
    "```sh",
    "npm install        # once",
    "npm run check      # runs the public checks, in about a second",
    "npm run notebook   # opens the notebook in Jupyter, with the lessons beside it",
    "npm run types      # says which types do not fit; they cost no points",
    "```",
    "",
    `| task | what | points of public checks |${essays.length > 0 ? " points of your texts |" : ""}`,
    `|---|---|---|${essays.length > 0 ? "---|" : ""}`,
    ...rows,
    "",
    ...(hidden > 0 ? [`${later} only when your work is graded.`] : []),
    ...creditLines(assignment),
    ...(checks.some(({ needs }) => needs.length > 0)
      ? [
          "A check that needs another one is skipped until that one passes; while it is skipped it earns nothing.",
        ]
      : []),
    `Import from \`chalk-and-tape/np\` only: nothing else is there when your work is graded.`,
    "",
    `\`npm run check -- --task ${tasks[0]?.number ?? 1}\` checks one task.`,
    ...(hints === "cure"
      ? [`Hand in \`${id}.ts\`.`]
      : [
          "`npm run check -- --hint` gives the next sentence about a mistake, and records it.",
          `Hand in \`${id}.ts\`, and \`${id}.hints.jsonl\` if there is one.`,
        ]),
  ].join("\n")}\n`;
}

/** Which mistakes still earn a part, and in which tasks; nothing where no public check gives credit. */
function creditLines({ credit, checks }: Assignment): string[] {
  const list = Object.entries(credit).flatMap(([cause, share]) => {
    const giving = checks.filter((check) => check.credit?.includes(cause)).map(({ task }) => task);
    const tasks = [...new Set(giving)];
    if (tasks.length === 0) return [];
    return [
      `${cause} (${Math.round(100 * share)} %, ${tasks.length === 1 ? "task" : "tasks"} ${tasks.join(", ")})`,
    ];
  });
  if (list.length === 0) return [];
  return [
    "In some checks a result that is wrong in one known way, and in no other, earns a part of the points: " +
      `${list.join("; ")}.`,
  ];
}
