import { type Token, tokensOf } from "./tokens.ts";

const np = "chalk-and-tape/np";

/**
 * The names of np's functions that a text uses: in any import or export from np, as a member of np under
 * any of its names, or taken apart from it. A member whose name is computed gives "[…]".
 */
export function npNamesIn(source: string): ReadonlySet<string> {
  const tokens = tokensOf(source);
  const used = new Set<string>();
  const spaces = new Set<string>();
  tokens.forEach(({ kind, text }, i) => {
    if (kind === "string" && text === np) fromImport(tokens, i, used, spaces);
  });
  // A name that is given to np may be given on: until nothing new is found.
  for (let before = -1; before < spaces.size; ) {
    before = spaces.size;
    tokens.forEach(({ kind, text }, i) => {
      if (kind === "word" && spaces.has(text) && tokens[i - 1]?.text !== ".")
        fromSpace(tokens, i, used, spaces);
    });
  }
  return used;
}

type Names = Set<string>;

/** The names before `from "chalk-and-tape/np"`, or what is done with `import("chalk-and-tape/np")`. */
function fromImport(tokens: readonly Token[], at: number, used: Names, spaces: Names): void {
  const end = at - 2;
  if (tokens[at - 1]?.text === "(") fromSpace(tokens, at, used, spaces);
  else if (tokens[at - 1]?.text === "from" && tokens[end]?.text === "}") fromBraces(tokens, end, used);
  else if (tokens[end - 1]?.text === "as") spaces.add(tokens[end]?.text as string);
}

/** What is done with the namespace at `at`: a member is read, or it is given another name. */
function fromSpace(tokens: readonly Token[], at: number, used: Names, spaces: Names): void {
  let next = at + 1;
  while ([")", "!"].includes(tokens[next]?.text ?? "") || tokens[next]?.text === "as")
    next += tokens[next]?.text === "as" ? 2 : 1;
  if (tokens[next]?.text === "?") next++;
  if (tokens[next]?.text === ".") next++;
  const member = tokens[next];
  if (member?.kind === "word" && tokens[next - 1]?.text === ".") used.add(member.text);
  if (member?.text === "[") {
    const isPlain = tokens[next + 1]?.kind === "string" && tokens[next + 2]?.text === "]";
    used.add(isPlain ? (tokens[next + 1]?.text as string) : "[…]");
  }
  let before = at - 1;
  while (["(", "await", "import"].includes(tokens[before]?.text ?? "")) before--;
  if (tokens[before]?.text !== "=" || member?.text === "[" || tokens[next - 1]?.text === ".") return;
  const left = tokens[before - 1];
  if (left?.text === "}") fromBraces(tokens, before - 1, used);
  else if (left?.kind === "word") spaces.add(left.text);
}

/** The names in braces that end at `end`: `{ max, softmax as mine }`, `{ softmax: mine }`. */
function fromBraces(tokens: readonly Token[], end: number, used: Names): void {
  for (let i = end - 1; i >= 0 && tokens[i]?.text !== "{"; i--) {
    const { kind, text } = tokens[i] as Token;
    if (kind !== "sign" && ["{", ",", "type"].includes(tokens[i - 1]?.text ?? "")) used.add(text);
  }
}
