import { describeMutationScore } from "./describe-mutation-score.ts";

describeMutationScore("hw1", { few: [": sum → mean", ": greater → greaterEqual"] });
