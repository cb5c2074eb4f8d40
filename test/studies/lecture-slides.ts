/** A slide of the lecture's text: its name, which is its title and, from the second on, which of that title. */
export interface LectureSlide {
  readonly name: string;
  readonly text: string;
}

/** Words of a slide without a heading that stand for its title. */
const titleWords = 6;

/**
 * Splits the lecture's text into slides. A slide begins at a heading of level 1 or 2, at a list that
 * follows another list, and at a paragraph after three or more empty lines. Code is never split.
 */
export function slidesOf(lecture: string): LectureSlide[] {
  const slides: string[][] = [];
  let isCode = false;
  let empty = 0;
  let before = "";
  for (const line of lecture.split("\n")) {
    const begins = !isCode && beginsSlide(line, empty, before);
    if (line.startsWith("```")) isCode = !isCode;
    if (begins || slides.length === 0) slides.push([]);
    slides.at(-1)?.push(line);
    empty = line.trim() === "" ? empty + 1 : 0;
    if (line.trim() !== "") before = line;
  }
  const seen = new Map<string, number>();
  return slides.map((lines, i) => {
    const title = i === 0 ? "Title" : titleOf(lines);
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return { name: count === 1 ? title : `${title} (${count})`, text: lines.join("\n").trim() };
  });
}

/** Whether a line outside code is the first of a slide, `empty` lines after the line `before`. */
function beginsSlide(line: string, empty: number, before: string): boolean {
  if (/^##? /.test(line)) return true;
  if (/^- /.test(line) && empty > 0 && /^\s*- /.test(before)) return true;
  return /^[-A-Za-z(]/.test(line) && empty >= 3 && !before.startsWith("#");
}

function titleOf(lines: readonly string[]): string {
  const plain = (lines[0] ?? "").replace(/^(#+|-) +/, "").replaceAll("**", "");
  if (/^#/.test(lines[0] ?? "")) return plain.trim();
  return plain.trim().split(" ").slice(0, titleWords).join(" ");
}
