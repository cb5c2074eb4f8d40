/**
 * The first key that appears twice in an object of a JSON text, or null. JSON.parse silently keeps
 * the last one, so two readers of one file could see different values. The text must be valid JSON.
 */
export function repeatedKey(json: string): string | null {
  const open: (Set<string> | null)[] = []; // one entry per open object or list; null for a list
  const tokens = json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g);
  for (const { 0: token, index } of tokens) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (isKey(json, index + token.length)) {
      const key = JSON.parse(token) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}

/** Whether a colon follows, as it does only after a key. */
function isKey(json: string, end: number): boolean {
  let at = end;
  while (at < json.length && " \t\n\r".includes(json[at] as string)) at++;
  return json[at] === ":";
}
