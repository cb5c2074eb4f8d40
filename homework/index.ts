export { checkOrder } from "./parsons/check-order.ts";
