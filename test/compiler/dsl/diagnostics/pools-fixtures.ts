import type { Fixture } from "./fixture.js";

const pool = "architecture arm64; pool p at 0x1000_0000 size 64K\n";
const cells = "cell c { cpus 1 }; cell d { cpus 2 }\n";

export const poolsFixtures: readonly Fixture[] = [
  {
    in: "file",
    text: "architecture arm64; «pool» p; cell c { cpus 1 }",
    id: "jail-missing",
    message: "`pool` needs `at A size S`, `slots` or `interrupts`, and which",
  },
  {
    in: "file",
    text: "architecture arm64; «pool» p at 0; cell c { cpus 1 }",
    id: "jail-missing",
    message: "`pool` needs `size`",
  },
  {
    in: "file",
    text: "architecture arm64; pool p at 0 size «0»; cell c { cpus 1 }",
    id: "jail-out-of-range",
    message: "`size` is 0, which is not within 1 to 0x1_0000_0000_0000_0000",
  },
  {
    in: "file",
    text: "architecture arm64; pool p at 0xffff_ffff_ffff_f000 size «8K»; cell c { cpus 1 }",
    id: "jail-out-of-range",
    message: "`size` is 8K, which is not within 1 to 4K",
  },
  {
    in: "file",
    text: "architecture arm64; «pool» p at 0 size 4K interrupts 40-43; cell c { cpus 1 }",
    id: "jail-not-both",
    message: "`at` and `interrupts` cannot both be said",
  },
  {
    in: "file",
    text: "architecture arm64; pool p slots «00:03.0 .. 00:01.0»; cell c { cpus 1 }",
    id: "jail-range-backwards",
    message: "the range ends at 00:01.0, before it begins at 00:03.0",
  },
  {
    in: "file",
    text: "architecture arm64; pool p slots «00:01.0 .. 00:01.7»; cell c { cpus 1 }",
    id: "jail-wrong-type",
    message: "expected two addresses of one domain and with one function number, found others",
  },
  {
    in: "file",
    text: "architecture arm64; pool p slots «0001:00:01.0 .. 0002:00:02.0»; cell c { cpus 1 }",
    id: "jail-wrong-type",
    message: "expected two addresses of one domain and with one function number, found others",
  },
  {
    in: "file",
    text: "architecture arm64; pool p interrupts «20»-40; cell c { cpus 1 }",
    id: "jail-out-of-range",
    message: "an interrupt of a pool is 20, which is not within 32 to 1019",
  },
  {
    in: "file",
    text: `${pool}cell c { memory from «q» size 4K rw }`,
    id: "jail-unknown-name",
    message: "nothing is called `q` here",
  },
  {
    in: "file",
    text: `${pool}pool s slots 00:00.0\ncell c { memory from «s» size 4K rw }`,
    id: "jail-wrong-kind",
    message: "`s` is a pool of slots, not memory or a pool of it",
  },
  {
    in: "file",
    text: `${pool}cell c { vpci-irq from «p» }`,
    id: "jail-wrong-kind",
    message: "`p` is a pool of memory, not a pool of interrupts",
  },
  {
    in: "file",
    text: `${pool}cell c { memory from p size «0» rw }`,
    id: "jail-out-of-range",
    message: "`size` is 0, which is not within 1 to 0xffff_ffff_ffff_ffff",
  },
  {
    in: "file",
    text: `${pool}cell c { memory from p size 4K align «3K» rw }`,
    id: "jail-wrong-type",
    message: "expected a power of two, found the number 3072",
  },
  {
    in: "file",
    text: `${pool}cell c { memory from p size 4K align «0» rw }`,
    id: "jail-wrong-type",
    message: "expected a power of two, found the number 0",
  },
  {
    in: "file",
    text: `${pool}cell c { memory «from» p size 65K rw }`,
    id: "jail-pool-full",
    message: "`p` has no room for 65K of memory at a multiple of 4K",
  },
  {
    in: "file",
    text: `${pool}cell c { memory a from p size 4K rw; memory from p size «a.end» rw }`,
    id: "jail-depends-on-choice",
    message: "the place of `a` is chosen later than it is needed here",
  },
  {
    in: "file",
    text: `${pool}cell c { memory a from p size 4K rw; memory b at a.end size 4K rw; memory from p size «b.start» rw }`,
    id: "jail-depends-on-choice",
    message: "the place of `b` is chosen later than it is needed here",
  },
  {
    in: "file",
    text: `${pool}memory a from p size 4K rw\ncell c { if «a» > 0 { cpus 1 } }`,
    id: "jail-depends-on-choice",
    message: "the place of `a` is chosen later than it is needed here",
  },
  {
    in: "file",
    text: `${pool}pool q at «c.a.end» size 4K\ncell c { memory a from p size 4K rw }`,
    id: "jail-depends-on-choice",
    message: "the place of `a` is chosen later than it is needed here",
  },
  {
    in: "file",
    text: `${pool}cell c { memory «a» from p size b.size rw; memory b from p size a.size rw }`,
    id: "jail-depends-on-itself",
    message: "`a` depends on itself",
    also: ["2:49 b: which needs this"],
  },
  {
    in: "file",
    text: `${pool}pool i interrupts 40-42\ncell c { vpci-irq from «i» }`,
    id: "jail-pool-full",
    message: "`i` has no room for four interrupts in a row",
  },
  {
    in: "file",
    text: `${pool}${cells}link «l» from p { peers c, d }`,
    id: "jail-link",
    message: "the link `l` has no address for its device",
    help: "write `device 00:00.0` in its block, or declare a pool of slots",
  },
  {
    in: "file",
    text: `${pool}pool s slots 00:00.0\n${cells}link k from p { peers c, d }; link «l» from p { peers c, d }`,
    id: "jail-pool-full",
    message: "`s` has no room for one more device",
  },
  {
    in: "file",
    text: `${pool}pool s slots 00:00.0\n${cells}link «l» from p { peers c, d; state 0 }`,
    id: "jail-out-of-range",
    message: "the size of all sections is 0, which is not within 1 to 0xffff_ffff_ffff_ffff",
  },
];
