/** Compares what a cell showed with what the committed lesson shows. */
import { notebookOf } from "./authoring/notebook-file.ts";
import type { Output } from "./kernel.ts";

const number = /[-+−]?(?:\d+(?:[.,_]\d+)*\.?|\.\d+)(?:e[-+]?\d+)?/gi;

/**
 * Text without what differs between engines and machines: the digits of numbers, and the blanks and
 * lines that align them. Words stay, and so do verdicts, NaN and the number of numbers.
 */
export function masked(text: string): string {
  return text
    .replace(/data:image\/[^"]*/g, "data:image")
    .replace(number, "0")
    .replace(/[─-]+/g, "-")
    .replace(/\s+/g, " ")
    .replace(/(?<=[[(]) /g, "")
    .trim();
}

/** One line for each output and format; of a picture only that there is one. */
export function shownBy(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) =>
    output.output_type === "stream"
      ? [`${output.name}: ${masked(output.text)}`]
      : Object.entries(output.data).map(([type, value]) =>
          type.startsWith("image/") ? type : `${type}: ${masked(String(value))}`,
        ),
  );
}

/** What the saved cells of a notebook printed and gave, as text. */
export function plainTextOf(ipynb: string): string {
  const { cells } = notebookOf(ipynb);
  const texts = cells
    .flatMap(({ outputs = [] }) => outputs)
    .map((output) => (output.output_type === "stream" ? output.text : `${output.data["text/plain"]}\n`));
  return texts.join("");
}

/** Where two lists of outputs begin to differ, with some text around; empty if they do not. */
export function outputDifference(now: readonly Output[], then: readonly Output[]): string {
  const [mine, theirs] = [shownBy(now).join("\n"), shownBy(then).join("\n")];
  if (mine === theirs) return "";
  const at = [...mine].findIndex((_, i) => mine[i] !== theirs[i]);
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at < 0 ? undefined : at + 60);
  return `now it shows\n${around(mine)}\nand committed is\n${around(theirs)}`;
}
