// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name
import { checkSchedule, noDistance, type OptimizerHabits, propertyRow } from "../../gradcheck/internal.ts";
import * as training from "../../training/index.ts";
import { caseTitle, construct, type StudentClass } from "../cases/case.ts";
import type { ScheduleCase } from "../cases/schedule-cases.ts";
import { throwSite } from "./throw-site.ts";

/** Compares a student's schedule with ours. An error becomes a failed row. */
export function checkScheduleRow(row: ScheduleCase, student: StudentClass): OptimizerHabits {
  const { name, args, steps, metrics } = row;
  const title = caseTitle(row);
  try {
    return checkSchedule({
      title,
      make: (optimizer) => construct(student, [optimizer, ...args(optimizer)]),
      ours: (optimizer) => construct(training[name], [optimizer, ...args(optimizer)]),
      steps,
      metrics,
    });
  } catch (error) {
    const message =
      error instanceof Error ? `${error.name}: ${error.message}${throwSite(error)}` : String(error);
    return { rows: [propertyRow(title, "no error", noDistance, [], message)], leftOut: [], notes: [] };
  }
}
