import { encodeText } from "../../schema/text.js";
import type { PreloadImage } from "../driver/load-image.js";
import { wholeNumber } from "./c-numbers.js";
import { cellArgument } from "./cell-argument.js";
import type { ToolRun } from "./tool-run.js";
import { usage } from "./usage.js";

interface ImageArgument {
  readonly isText: boolean;
  /** A path, or the text itself. */
  readonly source: string;
  readonly address: string | null;
}

/** `cell load` and `cell shutdown`, which loads nothing (tools/jailhouse.c:381-463). */
export function loadOrShutDown(run: ToolRun, command: "load" | "shutdown"): number {
  const args = run.argv.slice(3);
  const found = cellArgument(args);
  if (found === null) usage(run, 1);
  const rest = args.slice(found.used);
  if ((command === "load") !== rest.length > 0) usage(run, 1);
  const images = imageArguments(run, rest).map((each) => imageOf(run, each));
  return run.ioctl("JAILHOUSE_CELL_LOAD", (driver) => driver.loadCell(found.cell, images));
}

function imageArguments(run: ToolRun, args: readonly string[]): readonly ImageArgument[] {
  const images: ImageArgument[] = [];
  for (let index = 0; index < args.length; ) {
    const isText = isOption(args[index]!, "-s", "--string");
    if (isText) index++;
    const source = args[index++];
    if (source === undefined) usage(run, 1);
    let address: string | null = null;
    if (index < args.length && isOption(args[index]!, "-a", "--address")) {
      const given = args[index + 1];
      if (given === undefined) usage(run, 1);
      address = given;
      index += 2;
    }
    images.push({ isText, source, address });
  }
  return images;
}

/** A text is loaded with the zero that ends it; without an address, an image goes to 0. */
function imageOf(run: ToolRun, { isText, source, address }: ImageArgument): PreloadImage {
  const bytes = isText ? Uint8Array.from([...encodeText(source), 0]) : run.readFile(source);
  const number = address === null ? 0n : wholeNumber(address);
  if (number === null) usage(run, 1);
  return { bytes, address: BigInt.asUintN(64, number) };
}

export function isOption(argument: string, short: string, long: string): boolean {
  return argument === short || argument === long;
}
