import * as schedules from "./contracts.ts";

/** What every schedule takes, by its class's name: `scheduleContracts.StepLR.options.gamma.default` is 0.1. */
export const scheduleContracts: typeof schedules = { ...schedules };
