import { html, type Markup } from "../../plots/internal.ts";
import { fileNameOf } from "../grading/file-name.ts";
import { page } from "../pages/page.ts";
import { plainText } from "../pages/plain-text.ts";
import type { Cluster, HonestyReport, Shared } from "./compare-all.ts";

/** Equal code, as a page for the instructor. It says what is equal, and judges nobody. */
export function honestyPage(report: HonestyReport, assignment: string, wall: string): string {
  const { clusters, common, copied, unread, compared } = report;
  const body = html`<p>For instructors. This page changes no score: equal code is a reason to talk, not a proof.</p>
<p>Compared: ${compared} files, function by function, without names, comments, types and format.
What the edition gave to everyone does not count, and neither do functions of a few words.
A size is the number of nodes of the syntax tree that the student had to write.</p>
<h2>Equal to another student's</h2>
${clusters.length === 0 ? html`<p>Nothing.</p>` : clusters.map(clusterPart)}
<h2>Equal to this course's own code</h2>
${table(copied)}
<h2>Shared by many students</h2>
<p>The usual way to write it, or a copy that went around.</p>
${table(common)}
${unread.length === 0 ? null : html`<h2>Not compared: does not parse</h2>\n<p>${unread.map((one) => html`${plainText(one, 200)} `)}</p>`}`;
  return page(`${assignment}: equal code`, wall, body);
}

function clusterPart({ students, shared }: Cluster): Markup {
  const names = students.map(
    (one, i) =>
      html`${i > 0 ? ", " : ""}<a href="feedback/${encodeURIComponent(fileNameOf(one))}.html">${plainText(one, 200)}</a>`,
  );
  return html`<h3>${names}</h3>\n${table(shared)}\n`;
}

function table(shared: readonly Shared[]): Markup {
  if (shared.length === 0) return html`<p>Nothing.</p>`;
  const rows = shared.map(({ size, places }) => {
    const told = places.map(
      ({ owner, name, line }, i) =>
        html`${i > 0 ? html`<br>` : null}${plainText(owner, 200)}: ${plainText(name, 80)} (line ${line})`,
    );
    return html`<tr><td class="number">${size}</td><td>${told}</td></tr>\n`;
  });
  return html`<table><tr><th>Size</th><th>Where</th></tr>\n${rows}</table>`;
}
