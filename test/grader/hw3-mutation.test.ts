import { describeMutationScore } from "./describe-mutation-score.ts";

describeMutationScore("hw3", { few: ["line 172: greater → greaterEqual", "line 228: add → sub"] });
