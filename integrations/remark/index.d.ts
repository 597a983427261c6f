export interface Options {
  /** The command that draws pictures; else the environment's `OFFSET_LAB`, else `offset-lab` on the search path. */
  command?: string;
}

/** A plugin of remark: code blocks marked `offset-lab` become elements `<offset-lab>`. */
export default function remarkOffsetLab(
  options?: Options,
): (tree: object, file: { path?: string; message(reason: string, place?: object): unknown }) => void;
