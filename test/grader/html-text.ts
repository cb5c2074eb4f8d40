/** A strict reader of the pages that this package writes: every tag in lower case, every attribute in double quotes. */
const tag = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>|<!doctype html>/y;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
const empty = new Set(["meta", "br", "img"]);

interface Piece {
  readonly tag: string | null;
  readonly isEnd: boolean;
  readonly text: string;
}

/** @throws Error where a "<", ">" or "&" is neither a tag nor an entity */
function piecesOf(page: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < page.length; ) {
    if (page[at] === "<") {
      tag.lastIndex = at;
      const match = tag.exec(page);
      if (!match) throw new Error(`no tag: ${page.slice(at, at + 60)}`);
      pieces.push({ tag: match[2] ?? "!doctype", isEnd: match[1] === "/", text: "" });
      at = tag.lastIndex;
      if (match[2] !== "style" || match[1] === "/") continue;
      at = page.indexOf("</style>", at);
      continue;
    }
    const end = page.indexOf("<", at);
    const text = page.slice(at, end < 0 ? undefined : end);
    const stray = /&(?!(lt|gt|quot|#39|amp);)|>/.exec(text);
    if (stray) throw new Error(`not escaped: ${text.slice(stray.index, stray.index + 60)}`);
    const plain = text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] as string);
    pieces.push({ tag: null, isEnd: false, text: plain });
    at += text.length;
  }
  return pieces;
}

/** The names of a page's tags. */
export function tagsOf(page: string): string[] {
  return [...new Set(piecesOf(page).flatMap(({ tag }) => (tag && tag !== "!doctype" ? [tag] : [])))];
}

/** "" for a page in which every tag is closed in its turn; else the first tag that is not. */
export function unbalanced(page: string): string {
  const open: string[] = [];
  for (const { tag, isEnd } of piecesOf(page)) {
    if (tag === null || tag === "!doctype" || empty.has(tag)) continue;
    if (!isEnd) open.push(tag);
    else if (open.pop() !== tag) return tag;
  }
  return open.join();
}

/** What a reader sees, in one line; cells of a row are parted by "|". */
export function textOf(page: string): string {
  return piecesOf(page)
    .map(({ tag, isEnd, text }) =>
      tag === null ? text : isEnd && /t[dh]/.test(tag) ? "|" : /strong|^a$/.test(tag) ? "" : " ",
    )
    .join("")
    .replace(/\s+/g, " ")
    .replace(/ ?\| ?/g, "|")
    .trim();
}
