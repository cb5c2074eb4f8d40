/** Compares what a cell showed with what the committed lesson shows. */
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
