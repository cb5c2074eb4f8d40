export { DataError } from "../np/index.ts";
