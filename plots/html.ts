/** Text that is already HTML. Only `html` and `trusted` create it, so all other text is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Markup | readonly Markup[] | null | undefined;

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** An HTML template: values are escaped unless they are markup; null and undefined are left out. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  let text = parts[0] ?? "";
  values.forEach((value, i) => {
    text += write(value) + (parts[i + 1] ?? "");
  });
  return new Markup(text);
}

/** Marks text as HTML without checking it: for SVG from Vega and for our own style sheet. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function write(value: Value): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map((part) => part.text).join("");
  return String(value).replace(/[&<>"']/g, (character) => escapes[character] ?? "");
}
