import { type FormatOptions, formatReport } from "./format-report.ts";
import type { CheckReport } from "./report.ts";

/**
 * Prints a report, unless quiet, and returns it. As the last line of a notebook cell it then shows
 * one line and not the object; a quiet report shows itself.
 */
export function shownOnce(
  report: CheckReport,
  { quiet = false, ...format }: FormatOptions & { readonly quiet?: boolean } = {},
): CheckReport {
  const text = formatReport(report, format);
  if (!quiet) console.log(text);
  const { passed, failed } = report;
  const line = failed === 0 ? `${passed} checks passed` : `${failed} of ${passed + failed} checks failed`;
  // What Node's console.log and the notebook's kernel ask an object for.
  return Object.defineProperty({ ...report }, Symbol.for("nodejs.util.inspect.custom"), {
    value: () => (quiet ? text : line),
  });
}
