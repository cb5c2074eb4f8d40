export { digits } from "./digits/digits.ts";
