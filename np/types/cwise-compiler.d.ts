/** The part of cwise-compiler that the js engine calls; the package ships no types. */
declare module "cwise-compiler" {
  interface Procedure {
    args: { name: string; lvalue: boolean; rvalue: boolean; count: number }[];
    body: string;
    thisVars: string[];
    localVars: string[];
  }
  interface Description {
    args: string[];
    pre: Procedure;
    body: Procedure;
    post: Procedure;
    funcName: string;
  }
  // biome-ignore lint/suspicious/noExplicitAny: the compiled function takes the views and numbers that `args` lists
  export default function compile(description: Description): (...operands: any[]) => void;
}
