import type { Check } from "../../homework/internal.ts";

/** The checks that no student's edition holds. */
export const hidden: readonly Check[] = [];
