/** ANSI sequences, other control characters, marks that turn the direction of text, halves of surrogate pairs. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of a student as a page may show it: visible characters only, and at most `most` of them. */
export function plainText(text: string, most: number = 600): string {
  const clean = text.slice(0, 4 * most + 1000).replace(unseen, "");
  const cut = text.length - (4 * most + 1000);
  if (clean.length <= most && cut <= 0) return clean;
  const left = Math.max(0, clean.length - most) + Math.max(0, cut);
  return `${clean.slice(0, most).replace(/[\ud800-\udbff]$/, "")} … (${left} characters more)`;
}

/** Points as a person writes them: at most two decimals. */
export function pointsText(points: number): string {
  return String(Math.round(points * 100) / 100);
}
