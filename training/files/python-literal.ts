/** A tuple or a list of a Python literal. */
export interface PythonSequence {
  readonly kind: "tuple" | "list";
  readonly items: readonly PythonLiteral[];
}

/** A Python literal: text, a number, True, False, None, a tuple, a list or a dict with text as keys. */
export type PythonLiteral =
  | string
  | number
  | boolean
  | null
  | PythonSequence
  | ReadonlyMap<string, PythonLiteral>;

/** One token: text in either quotes, a whole number (Python 2 wrote 2L), a word, or a mark. */
const token =
  /[uU]?'([^'\\\n]*)'|[uU]?"([^"\\\n]*)"|(-?(?:0|[1-9][\d_]*))[lL]?|(True|False|None)|([{}()[\],:])/y;
/** What may stand between two tokens. */
const space = /(?:\s|#[^\n]*)*/y;

/**
 * Reads a Python literal, as `ast.literal_eval` does.
 * @returns undefined for anything else
 */
export function pythonLiteral(text: string): PythonLiteral | undefined {
  const reader = new Reader(text);
  const value = reader.value();
  return reader.isAtEnd() ? value : undefined;
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["True", true],
  ["False", false],
  ["None", null],
]);

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#match(space);
    return this.#at === this.#text.length;
  }

  value(): PythonLiteral | undefined {
    this.#match(space);
    const found = this.#match(token);
    if (!found) return undefined;
    const [, single, double, number, word, mark] = found;
    if (number !== undefined) return Number(number.replaceAll("_", ""));
    if (word !== undefined) return words.get(word);
    if (mark === "{") return this.#dict();
    if (mark === "(") return this.#sequence("tuple", ")");
    if (mark === "[") return this.#sequence("list", "]");
    return single ?? double;
  }

  /** What follows an opening bracket. One value in round brackets without a comma is that value. */
  #sequence(kind: "tuple" | "list", close: string): PythonLiteral | undefined {
    const items: PythonLiteral[] = [];
    while (!this.#takes(close)) {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
      if (this.#takes(",")) continue;
      if (!this.#takes(close)) return undefined;
      return kind === "tuple" && items.length === 1 ? item : { kind, items };
    }
    return { kind, items };
  }

  /** A key that is there twice has its last value, as in Python. */
  #dict(): PythonLiteral | undefined {
    const entries = new Map<string, PythonLiteral>();
    while (!this.#takes("}")) {
      const key = this.value();
      if (typeof key !== "string" || !this.#takes(":")) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      entries.set(key, value);
      if (this.#takes(",")) continue;
      return this.#takes("}") ? entries : undefined;
    }
    return entries;
  }

  #takes(mark: string): boolean {
    this.#match(space);
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}
