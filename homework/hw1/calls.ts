import type { Calls } from "../protocol/calls.ts";

export const calls: Calls = {};
