import type { Check } from "../checks/check.ts";

export const checks: readonly Check[] = [];
