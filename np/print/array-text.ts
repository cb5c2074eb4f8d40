import { formatShape } from "../shape.ts";
import { elementsShown, type Printed, placesShown, type Write } from "./elements.ts";
import { numberFormat } from "./number-format.ts";
import { getPrintOptions } from "./options.ts";

/** `NDArray float64 (2, 3)` and the numbers as NumPy's `array2string` prints them, with commas. */
export function formatArray(x: Printed): string {
  return `${titleOf(x)}\n${arrayText(x)}`;
}

export function titleOf(x: Pick<Printed, "dtype" | "shape">): string {
  return `NDArray ${x.dtype} ${formatShape(x.shape)}`;
}

/** @see NumPy's `_formatArray`, numpy/_core/arrayprint.py */
function arrayText(x: Printed): string {
  if (x.size === 0) return "[]";
  const options = getPrintOptions();
  const edge = x.size > options.threshold ? options.edgeItems : Number.POSITIVE_INFINITY;
  const write = numberFormat(elementsShown(x, edge), x.dtype, options);
  return block(x, write, edge, options.lineWidth);
}

function block(
  { shape, strides, offset, data }: Printed,
  write: Write,
  edge: number,
  lineWidth: number,
): string {
  const visit = (axis: number, at: number, indent: string, width: number): string => {
    if (axis === shape.length) return write(data[at] as number);
    const { first, last } = placesShown(shape[axis] as number, edge);
    const inside = (i: number): string =>
      visit(axis + 1, at + i * (strides[axis] as number), `${indent} `, width - 1);
    const gap = first.length > 0 ? ["..."] : [];
    const items = [...first.map(inside), ...gap, ...last.map(inside)];
    const axesLeft = shape.length - axis;
    if (axesLeft === 1) return `[${inLines(items, indent, width - 1)}]`;
    return `[${items.join(`,${"\n".repeat(axesLeft - 1)}${indent}`)}]`;
  };
  return visit(0, offset, " ", lineWidth);
}

/** Elements with commas, in lines of at most `width` where one fits. */
function inLines(words: readonly string[], indent: string, width: number): string {
  let [done, line] = ["", indent];
  for (const [i, word] of words.entries()) {
    if (line.length + word.length > width && line.length > indent.length) {
      done += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += i < words.length - 1 ? `${word}, ` : word;
  }
  return (done + line).slice(indent.length);
}
