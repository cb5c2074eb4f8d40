/** An argument as it is written in a call: `{ lr: 0.1, betas: [0.9, 0.999] }`. */
export function argumentText(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(argumentText).join(", ")}]`;
  if (Object.getPrototypeOf(value) !== Object.prototype) return `new ${value.constructor.name}(…)`;
  const fields = Object.entries(value).map(([key, one]) => `${key}: ${argumentText(one)}`);
  return fields.length > 0 ? `{ ${fields.join(", ")} }` : "{}";
}
