/** A piece of a program's text. Comments are left out; a string's text is what stands between its quotes. */
export interface Token {
  readonly kind: "word" | "string" | "sign";
  readonly text: string;
}

/** After these words a slash begins a regular expression. */
const beforeValue = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "delete",
  "void",
  "throw",
  "new",
  "else",
]);

const patterns = {
  skipped: /\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  word: /[\p{L}_$#][\p{L}\p{N}_$]*/uy,
  number: /\.?\d[\w.]*/y,
  string: /"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/y,
  regex: /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y,
  /** Up to the end of a template, or up to `${`. */
  template: /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y,
} as const;

/**
 * The tokens of a TypeScript text, as far as it takes to tell names from strings, comments, templates and
 * regular expressions. Every text has some; nothing is thrown.
 */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  /** For every `{` that is open: whether it is the `${` of a template. */
  const open: boolean[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found) at += found.length;
    return found || undefined;
  };
  const push = (kind: Token["kind"], text: string): void => void tokens.push({ kind, text });
  const template = (): void => {
    const text = match(patterns.template) ?? "";
    push("string", text.replace(/(?:`|\$\{)$/, ""));
    if (text.endsWith("${")) open.push(true);
  };
  while (at < source.length) {
    if (match(patterns.skipped)) continue;
    const word = match(patterns.word);
    if (word) push("word", word);
    else if (match(patterns.number)) push("sign", "0");
    else if (isRegexNext(source[at], tokens.at(-1)) && match(patterns.regex)) push("sign", "//");
    else {
      const string = match(patterns.string);
      if (string) push("string", string.slice(1, string.at(-1) === string[0] ? -1 : undefined));
      else sign();
    }
  }
  return tokens;

  function sign(): void {
    const text = source[at++] as string;
    if (text === "`" || (text === "}" && open.pop())) template();
    else {
      if (text === "{") open.push(false);
      push("sign", text);
    }
  }
}

function isRegexNext(next: string | undefined, last: Token | undefined): boolean {
  if (next !== "/") return false;
  if (!last) return true;
  if (last.kind === "word") return beforeValue.has(last.text);
  return last.kind === "sign" && ![")", "]", "}", "0", "//"].includes(last.text);
}
