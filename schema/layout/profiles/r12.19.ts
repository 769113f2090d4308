import { constants, profile } from "../changes.js";

export default profile({
  id: "r12.19",
  after: "r12.18",
  commit: "b310eaa9c02509a04ad2db0808bd66d7884747ca",
  date: "2019-11-13",
  aliases: ["v0.12"],
  summary:
    "A memory flag forbids huge pages; it takes the bit of the flag for unaligned access, which moves.",
  changes: [constants({ JAILHOUSE_MEM_NO_HUGEPAGES: 0x100, JAILHOUSE_MEM_IO_UNALIGNED: 0x8000 })],
});
