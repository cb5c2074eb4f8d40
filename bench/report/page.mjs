import { readFileSync, writeFileSync } from "node:fs";
import { machine } from "./machine.mjs";

/** The page with this text between the marks `<!-- name: … -->` and `<!-- name end -->`. @throws Error without marks */
export function pageWith(page, name, text) {
  const found = new RegExp(`(<!-- ${name}: [^>]*-->\n).*?(\n<!-- ${name} end -->)`, "s");
  if (!found.test(page)) throw new Error(`the page lacks the marks of ${name}`);
  return page.replace(found, (_, before, after) => `${before}\n${text}\n${after}`);
}

/** Writes the text into a page. */
export function writeInto(url, name, text) {
  writeFileSync(url, pageWith(readFileSync(url, "utf8"), name, text));
}

/** A table in Markdown. */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** `1.3`, `37`, `1,757`: two digits, and all digits of a whole number that has more. */
export const twoDigits = (x) =>
  x >= 100 ? Math.round(x).toLocaleString("en") : String(Number(x.toPrecision(2)));

/** The machine, with its load as text, which a formatter leaves on one line. */
export const measuredOn = () => {
  const { loadAverage, ...rest } = machine();
  return { ...rest, loadAverage: loadAverage.join(", ") };
};

/** What was measured on, in one sentence. */
export const onMachine = ({ cpu, cores, node, engine }) =>
  `${cores} cores of an ${cpu.replaceAll("(R)", "")}, Node ${node}, engine \`${engine}\``;
