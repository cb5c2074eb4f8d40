/** A Python expression: a text, or a call or list that may be broken into lines. */
export type Expression = string | Bracketed;

/** `nn.Sequential(`, the items, `)`. */
export interface Bracketed {
  readonly open: string;
  readonly items: readonly Expression[];
  readonly close: string;
}

/** The widest line of the Python files. */
const width = 88;

/** `head(items)`. */
export function call(head: string, items: readonly Expression[]): Bracketed {
  return { open: `${head}(`, items, close: ")" };
}

/** An expression after another text, such as `self.layer1 = ` or a key. */
export function after(text: string, expression: Expression): Expression {
  return typeof expression === "string" ? text + expression : { ...expression, open: text + expression.open };
}

/** The lines of a statement, one if it is short enough; in brackets a line for each item. */
export function linesOf(expression: Expression, indent: string, end: string = ""): string[] {
  const line = indent + flat(expression) + end;
  if (line.length <= width || typeof expression === "string") return [line];
  const { open, items, close } = expression;
  return [
    indent + open,
    ...items.flatMap((item) => linesOf(item, `${indent}    `, ",")),
    indent + close + end,
  ];
}

function flat(expression: Expression): string {
  if (typeof expression === "string") return expression;
  return expression.open + expression.items.map(flat).join(", ") + expression.close;
}

/** A number, text, boolean, null or list as Python writes it. */
export function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return pythonNumber(value);
  if (Array.isArray(value)) {
    const items = value.map(pythonValue).join(", ");
    return value.length === 1 ? `(${items},)` : `(${items})`;
  }
  throw new TypeError(`pythonValue: a ${typeof value} has no counterpart in Python`);
}

/** `1e-5` for small numbers, which JavaScript writes as 0.00001. */
export function pythonNumber(x: number): string {
  if (Number.isNaN(x)) return "torch.nan";
  if (!Number.isFinite(x)) return x > 0 ? "torch.inf" : "-torch.inf";
  if (Object.is(x, -0)) return "-0.0";
  return x !== 0 && Math.abs(x) < 1e-3 ? x.toExponential() : `${x}`;
}
