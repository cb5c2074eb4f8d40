import { existsSync, readFileSync } from "node:fs";

/**
 * The most memory that this process ever had in RAM, in MiB. Linux's own line for it, where there is one: maxRSS there begins with what
 * the process that started this one had.
 */
export function peakMemory() {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const line = /^VmHWM:\s*(\d+) kB$/m.exec(status);
  return (line ? Number(line[1]) : process.resourceUsage().maxRSS) / 1024;
}
