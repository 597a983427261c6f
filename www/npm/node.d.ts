/** A value of a fact: a number beyond 2^53 − 1 is a text of its digits; `null`: there is none. */
export type Value = number | string | null;

/** A check of a scenario: `expect`, `run until`, `await`. */
export interface Check {
  line: number;
  text: string;
  passed: boolean;
  /** What was seen. */
  actual: string;
  /** Why it can never hold, where that is so. */
  why?: string;
}

/** A line that a program printed. */
export interface Line {
  time_us: Value;
  actor: string;
  text: string;
}

/** What is wrong with a text. */
export interface Problem {
  line: number;
  column: number;
  message: string;
  help: string;
}

/** What came of a scenario. */
export interface Ran {
  /** The same on every machine; `null` for a text with problems. */
  digest: string | null;
  /** Events of the run. */
  events: number;
  /** Every fact at the end, by the names of streams and programs. */
  facts: Record<string, Record<string, Value>>;
  checks: Check[];
  console: Line[];
  /** Empty when the text is sound and the run came to its end. */
  diagnostics: Problem[];
}

/** Runs a scenario to its end. */
export function run(text: string): Ran;
