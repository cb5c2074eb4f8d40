/**
 * Reads a line of nbgrader's `timestamp.txt`: "2026-03-01 15:30:10.123456 UTC", with a name or an
 * offset of a time zone. Without a zone it is UTC, as nbgrader reads it.
 * @returns ISO in UTC; null for a line that is no time
 */
export function readTimestamp(line: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(.*)$/.exec(line.trim());
  if (!match) return null;
  const [, date, time, zone = ""] = match;
  const utc = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(utc)) return null;
  const offset = offsetOf(zone, utc);
  return offset === null ? null : new Date(utc - offset).toISOString().replace(".000Z", "Z");
}

/** Milliseconds that a zone is ahead of UTC; null for a zone that is not known. */
function offsetOf(zone: string, at: number): number | null {
  if (zone === "" || zone === "UTC" || zone === "Z" || zone === "GMT") return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match) return (match[1] === "-" ? -1 : 1) * (60 * Number(match[2]) + Number(match[3])) * 60_000;
  try {
    const first = ahead(zone, at);
    return ahead(zone, at - first); // the time is local, so the offset is asked for at the right moment
  } catch {
    return null;
  }
}

function ahead(timeZone: string, at: number): number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${format.format(at).replace(" ", "T")}Z`) - 1000 * Math.floor(at / 1000);
}
