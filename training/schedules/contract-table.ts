import * as schedules from "./contracts.ts";

/**
 * The arguments of every schedule, by class name: `scheduleContracts.StepLR.options.gamma.default`
 * is 0.1.
 */
export const scheduleContracts: typeof schedules = { ...schedules };
