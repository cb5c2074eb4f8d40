/** A number in at most four significant digits, or text as it is: 0.6931, 218058, 2.1e-17. */
export function brief(x: number | string): string {
  if (typeof x === "string") return x;
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x);
  const short = Number(x.toPrecision(4));
  return short !== 0 && Math.abs(short) < 1e-3 ? short.toExponential() : String(short);
}

/** The same with its unit: "0.6931 nats", "92 %". */
export function withUnit(x: number | string, unit: string): string {
  return unit === "" ? brief(x) : `${brief(x)} ${unit}`;
}
