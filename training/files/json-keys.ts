/**
 * The first key that an object of a JSON text has twice, or null. JSON.parse keeps the last of them silently, so that two readers
 * of one file could see two different things. The text must be valid JSON.
 */
export function repeatedKey(json: string): string | null {
  const open: (Set<string> | null)[] = []; // one entry for each object or list that is not closed yet; null for a list
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

/** Whether a colon follows: only a key's string has one. */
function isKey(json: string, end: number): boolean {
  let at = end;
  while (at < json.length && " \t\n\r".includes(json[at] as string)) at++;
  return json[at] === ":";
}
