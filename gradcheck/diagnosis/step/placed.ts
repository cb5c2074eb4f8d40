import type { Place, Rule, StepOptions } from "./trace.ts";

/** The rule with another place in each step. */
export function placed(rule: Rule, change: (place: Place) => Place): Rule {
  return () => {
    const step = rule();
    return (place) => step(change(place));
  };
}

/** The rule with other options in each step. */
export function withOptions(rule: Rule, change: (o: StepOptions) => StepOptions): Rule {
  return placed(rule, (place) => ({ ...place, o: change(place.o) }));
}
