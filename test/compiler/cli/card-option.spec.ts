import { expect } from "chai";
import { cardOf } from "../../../compiler/cli/sim/card-option.js";

function read(text: string): unknown {
  const found: string[] = [];
  const card = cardOf(text, (message) => found.push(message));
  return found.length > 0 ? found : card;
}

describe("--card", () => {
  it("says a slot, a kind and where the registers are", () => {
    expect(read("00:02.0=e1000@0xfea40000")).to.deep.equal({
      bdf: 0x10,
      kind: "e1000",
      address: 0xfea4_0000,
    });
    expect(read("0000:1f:1b.7=hd-audio@4_096")).to.deep.equal({
      bdf: 0x1fdf,
      kind: "hd-audio",
      address: 4096,
    });
  });

  it("is told what is wrong with it", () => {
    const cases = {
      "": "a card is written BDF=KIND@ADDR, like 00:02.0=e1000@0xfea40000",
      "00:02.0=e1000": "a card is written BDF=KIND@ADDR, like 00:02.0=e1000@0xfea40000",
      "2.0=e1000@0x1000": "`2.0` is no slot like 00:02.0",
      "00:20.0=e1000@0x1000": "`00:20.0` is no slot like 00:02.0",
      "0001:00:02.0=e1000@0x1000": "cards are in PCI domain 0 only",
      "00:02.0=e100@0x1000": "no `e100`; did you mean `e1000`?",
      "00:02.0=graphics@0x1000": "there are `e1000` and `hd-audio`, no `graphics`",
      "00:02.0=e1000@": "`` is no address like 0xfea40000",
      "00:02.0=e1000@here": "`here` is no address like 0xfea40000",
      "00:02.0=e1000@0x100000000": "its registers have to lie below 4G, and 0x100000000 does not",
    };
    for (const [text, message] of Object.entries(cases))
      expect(read(text)).to.deep.equal([`\`--card ${text}\`: ${message}`]);
  });
});
