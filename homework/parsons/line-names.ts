/** What a line of code reads and writes: names with their properties, such as `this.dW`. */
export interface LineNames {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Objects whose properties it changes: they must be there, whatever else has been written into them. */
  readonly opens: readonly string[];
  readonly declares: boolean;
  readonly returns: boolean;
}

interface Token {
  readonly text: string;
  readonly isPath: boolean;
}

const pieces =
  /\s+|\/\/.*|\/\*[\s\S]*?\*\/|(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<number>\d[\w.]*)|(?<path>[\p{L}_$#][\p{L}\d_$]*(?:\??\.[\p{L}_$#][\p{L}\d_$]*)*)|(?<sign>=>|[=!]==?|[-+*/%&|^<>?]{1,3}=|\+\+|--|[^\s])/gu;

const words =
  /^(?:as|await|const|false|in|instanceof|let|new|null|of|return|true|typeof|undefined|var|void)$/;

/** Reads one statement. Calls inside an expression count as reading only; a call that stands alone changes its object. */
export function namesOf(line: string): LineNames {
  const tokens = tokensOf(line);
  const [first] = tokens;
  const declares = /^(?:const|let|var)$/.test(first?.text ?? "");
  const at = assignmentAt(tokens);
  const sign = tokens[at]?.text ?? "";
  const none = { reads: [], writes: [], opens: [], declares, returns: first?.text === "return" };
  if (declares) {
    const end = at < 0 ? tokens.length : at;
    return { ...none, writes: declared(tokens.slice(1, end)), reads: readIn(tokens.slice(end)) };
  }
  if (at === 1 && first?.isPath) {
    const again = sign === "=" ? [] : [first.text];
    return {
      ...none,
      writes: [first.text],
      opens: ownersOf(first.text),
      reads: [...again, ...readIn(tokens.slice(2))],
    };
  }
  if (first?.isPath && tokens[1]?.text === "(") {
    const owners = ownersOf(first.text);
    const reads = readIn(tokens);
    return { ...none, reads, writes: owners.length > 0 ? owners : reads };
  }
  return { ...none, reads: readIn(tokens) };
}

/** `this.net` for `this.net.W`; nothing for a plain name. */
export function ownersOf(path: string): readonly string[] {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? [] : [path.slice(0, dot)];
}

function tokensOf(line: string): readonly Token[] {
  return [...line.matchAll(pieces)].flatMap(({ groups = {} }): Token[] => {
    const text = groups.string ?? groups.number ?? groups.path ?? groups.sign;
    if (text === undefined) return [];
    const isPath = groups.path !== undefined && !words.test(text);
    return [{ text: text.replaceAll("?.", "."), isPath }];
  });
}

/** Where the first assignment outside brackets is, or -1. */
function assignmentAt(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex(({ text }) => {
    if (/^[([{]$/.test(text)) depth += 1;
    if (/^[)\]}]$/.test(text)) depth -= 1;
    return (
      depth === 0 && (text === "=" || /^(\+\+|--|[-+*/%&|^?<>]{1,3}=)$/.test(text)) && !/^[<>]=$/.test(text)
    );
  });
}

/** The names in `a`, `a: Type`, `[a, b]` and `{ a, b: c }`. */
function declared(tokens: readonly Token[]): readonly string[] {
  const isPattern = /^[[{]$/.test(tokens[0]?.text ?? "");
  if (!isPattern) return tokens.slice(0, 1).map(({ text }) => text);
  const end = tokens.findLastIndex(({ text }) => text === "]" || text === "}");
  return tokens
    .slice(0, end)
    .filter(({ isPath }, i) => isPath && tokens[i + 1]?.text !== ":")
    .map(({ text }) => text);
}

/** All names but the keys of object literals. */
function readIn(tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter(({ isPath }, i) => {
      const isKey = tokens[i + 1]?.text === ":" && /^[{,]$/.test(tokens[i - 1]?.text ?? "");
      return isPath && !isKey;
    })
    .map(({ text }) => text);
}
