/** Values of one stream or program at a moment, under the names that the language has for them. */
export interface OffsetLabFacts {
  /** A number beyond 2^53 − 1 is a text of its digits; `null`: there is no value. */
  [fact: string]: number | string | null;
}

/** `detail` of `offset-lab:step`: another moment is shown. */
export interface OffsetLabStep {
  /** Events that have happened. */
  step: number;
  /** Messages of the range that the next event is; 0 between events. */
  part: number;
  /** Events of the whole run. */
  steps: number;
  /** Simulated time, in microseconds. */
  time_us: number;
  /** What just happened and why, in one sentence. */
  narration: string;
}

/** `detail` of `offset-lab:answer`: a question was answered. */
export interface OffsetLabAnswer {
  question: string;
  /** What it asks for, such as `billing.redelivered`. */
  fact: string;
  /** What was predicted; empty when the answer was asked for. */
  given: string;
  answer: string;
  right: boolean;
}

/** `detail` of `offset-lab:solved`: every goal of the scenario is reached at the moment shown. */
export interface OffsetLabSolved {
  step: number;
  goals: number;
}

/** `detail` of `offset-lab:error`: nothing can be run. */
export interface OffsetLabError {
  message: string;
  /** Problems of the text; empty when it is something else. */
  problems: { line: number; column: number; message: string; help: string }[];
}

export interface OffsetLabEventMap {
  "offset-lab:step": CustomEvent<OffsetLabStep>;
  "offset-lab:answer": CustomEvent<OffsetLabAnswer>;
  "offset-lab:solved": CustomEvent<OffsetLabSolved>;
  "offset-lab:error": CustomEvent<OffsetLabError>;
}

/** The element `<offset-lab>`. */
export interface OffsetLabElement extends HTMLElement {
  /** The scenario. Setting it runs it. */
  text: string;
  /** Events that have happened at the moment shown. Setting it shows that moment, or the end. */
  step: number;
  /** These are the attributes of the same names: what is `null` or empty there is not there. */
  src: string;
  lesson: string;
  link: string;
  controls: string;
  theme: string;
  keys: string;
  editable: boolean;
  /** Events of the run; 0 before it has run. */
  readonly steps: number;
  /** Fulfilled with the element once its picture is there; rejected when it cannot be. */
  readonly ready: Promise<OffsetLabElement>;
  /** Loads it now, whether it is near or not; it runs while it is in view. */
  load(): Promise<void>;
  play(): void;
  pause(): void;
  /** All facts at the moment shown, by the names of streams and programs; `undefined` before it has run. */
  facts(): Record<string, OffsetLabFacts> | undefined;
  addEventListener<K extends keyof OffsetLabEventMap>(
    type: K,
    listener: (this: OffsetLabElement, event: OffsetLabEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "offset-lab": OffsetLabElement;
  }
}
