import { createHash } from "node:crypto";
import { html, type Markup, trusted } from "../../plots/internal.ts";
import { plainText } from "./plain-text.ts";

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#1b1b1b;background:#fff}
h1{font-size:1.5em}h2{font-size:1.2em;margin-top:2em}table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.25em .6em;text-align:left;vertical-align:top}
td.number{text-align:right}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f4;padding:.6em}
p.warning{border:3px solid #a40000;padding:.6em;font-weight:bold}meter{width:12em}`;

/** The page may use our style sheet and nothing else: no script, no image, no address. */
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** A whole page as text. What weakens its scores stands on top. */
export function page(title: string, wall: string, body: Markup): string {
  const weak = weakness(plainText(wall, 200));
  const warning = weak === null ? null : html`<p class="warning">${weak}</p>\n`;
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${warning}<h1>${title}</h1>
${body}
</body>
</html>
`;
  return text;
}

/** What a reader must know before the scores; null for a wall that isolates. */
export function weakness(wall: string): string | null {
  if (/unsafe/i.test(wall))
    return `Graded without a wall (${wall}): the submission could read and change anything that the grader could. Do not trust these scores.`;
  if (/open|least|second user/i.test(wall))
    return `The network was open while this was graded (${wall}): a submission could ask another machine.`;
  return null;
}
