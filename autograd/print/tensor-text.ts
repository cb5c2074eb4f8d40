import { formatShape, getPrintOptions, type NDArray } from "../../np/index.ts";
import { elementsShown, placesShown } from "../../np/internal.ts";
import { type NumberFormat, numberFormat } from "./number-format.ts";

const prefix = "tensor(";

/** What printing reads of a tensor. */
interface Shown {
  readonly data: NDArray;
  readonly requiresGrad: boolean;
  readonly node: { readonly op: string } | null;
}

/**
 * `tensor([[1., 2.]], dtype=float64, requiresGrad=true)`: PyTorch's text with our names. A tensor whose numbers do not
 * show its shape, being empty or shortened, says it.
 * @see PyTorch's `_str_intern`, torch/_tensor_str.py
 */
export function tensorText(x: Shown): string {
  const { data } = x;
  const hidesShape = data.size > getPrintOptions().threshold || (data.size === 0 && data.ndim !== 1);
  return `${withFacts(prefix + numbersText(data), factsOf(x, hidesShape))})`;
}

/** The same without the numbers. */
export function briefTensorText(x: Shown): string {
  return `${prefix}…, ${factsOf(x, true).join(", ")})`;
}

function factsOf({ data, requiresGrad, node }: Shown, withShape: boolean): string[] {
  return [
    ...(withShape ? [`shape=${formatShape(data.shape)}`] : []),
    `dtype=${data.dtype}`,
    ...(node ? [`gradFn=${node.op}`] : requiresGrad ? ["requiresGrad=true"] : []),
  ];
}

function numbersText(data: NDArray): string {
  if (data.size === 0) return "[]";
  const { threshold, edgeItems, lineWidth } = getPrintOptions();
  const edge = data.size > threshold ? edgeItems : Number.POSITIVE_INFINITY;
  const format = numberFormat(elementsShown(data, edge), data.dtype);
  return block(data, format, edge, lineWidth);
}

function block({ shape, strides, offset, data }: NDArray, format: NumberFormat, edge: number, width: number) {
  const visit = (axis: number, at: number, indent: number): string => {
    if (axis === shape.length) return format.write(data[at] as number);
    const { first, last } = placesShown(shape[axis] as number, edge);
    const inside = (i: number): string => visit(axis + 1, at + i * (strides[axis] as number), indent + 1);
    const axesLeft = shape.length - axis;
    const gap = first.length === 0 ? [] : [axesLeft === 1 ? " ..." : "..."];
    const items = [...first.map(inside), ...gap, ...last.map(inside)];
    const [space, perLine] = [
      " ".repeat(indent + 1),
      Math.max(1, Math.floor((width - indent) / (format.width + 2))),
    ];
    if (axesLeft === 1) return `[${inLines(items, perLine).join(`,\n${space}`)}]`;
    return `[${items.join(`,${"\n".repeat(axesLeft - 1)}${space}`)}]`;
  };
  return visit(0, offset, prefix.length);
}

function inLines(items: readonly string[], perLine: number): string[] {
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
  return lines;
}

/** Adds each fact to the last line, or in a new line if it does not fit. */
function withFacts(text: string, facts: readonly string[]): string {
  let length = text.length - text.lastIndexOf("\n") + 1;
  return facts.reduce((before, fact) => {
    const fits = length + fact.length + 2 <= getPrintOptions().lineWidth;
    length = fits ? length + fact.length + 2 : prefix.length + fact.length;
    return before + (fits ? ", " : `,\n${" ".repeat(prefix.length)}`) + fact;
  }, text);
}
