import { expect } from "chai";
import { bytesOf, compileText, hex, idsOf } from "./reference.js";

/** What real configs rely on: one test for each way in which C's semantics change their bytes. */

const types =
  "typedef unsigned char u8; typedef unsigned short u16; typedef unsigned u32; typedef unsigned long u64;\n";

function bytes(text: string): string {
  return bytesOf(types + text, "config");
}

describe("C semantics that change bytes", () => {
  it("fills ranges whose bounds are expressions, later entries over earlier ones", () => {
    const text = "u8 config[8] = { [0/8 ... 0x2f/8] = -1, [0x10/8 ... 0x1f/8] = 0xf0, [0x18/8] = 0xee };";
    expect(bytes(text)).to.equal("fffff0eeffff0000");
  });

  it("fills a range of signed 16-bit elements with -1", () => {
    expect(bytes("short config[6] = { [2 ... 4] = -1 };")).to.equal("00000000ffffffffffff0000");
  });

  it("stores -1 in unsigned fields as all ones, without a word", () => {
    const text = "struct { u8 a; u16 b; u32 c; u64 d; } __attribute__((packed)) config = { -1, -1, -1, -1 };";
    expect(bytes(text)).to.equal("f".repeat(30));
    expect(idsOf(types + text)).to.deep.equal([]);
  });

  it("keeps the bits of a signed shift into the sign, and extends the sign into 64 bits", () => {
    const text =
      "struct { u32 a; u32 b; u64 c; u64 d; } config = { 0xf << (124 + 32 - 128), 1 << 31, 1 << 31, 1u << 31 };";
    expect(bytes(text)).to.equal("000000f0000000800000008" + "0ffffffff0000008000000000");
    expect(idsOf(types + text)).to.deep.equal([]);
  });

  it("gives literals above 32 bits the type they need", () => {
    const text = "u64 config[] = { 0x83b0000000, 0xffffffffffffffff, 4294967296, 0x100000000 + 1 };";
    expect(bytes(text)).to.equal(
      "000000b083000000" + "ffffffffffffffff" + "0000000001000000" + "0100000001000000",
    );
  });

  it("truncates a literal too big for its field, and names both values", () => {
    const text = `${types}struct { u32 pin_bitmap[2]; } config = { .pin_bitmap = { 0x0, 0x2000000000000005 } };`;
    expect(bytesOf(text)).to.equal("0000000005000000");
    const { findings } = compileText(text);
    expect(findings.map(({ id, severity }) => [id, severity])).to.deep.equal([["c-truncated", "warning"]]);
    expect(findings[0]!.message).to.equal("0x2000000000000005 does not fit in `unsigned int`; 5 is stored");
  });

  it("reads binary and octal literals", () => {
    expect(bytes("u8 config[] = { 0b1111, 0B10, 017, 0 };")).to.equal("0f020f00");
  });

  it("lets zero-length arrays, empty braces and `{ 0 }` elements be", () => {
    const text = `struct { u32 n; struct { u16 a, b; } caps[0]; struct { u16 a, b; } devices[1]; struct { u64 p, q; } r[2]; }
      __attribute__((packed)) config = { .n = 7, .devices = { }, .r = { { 0 }, { 1, 2 } } };`;
    expect(bytes(text)).to.equal(`0700000000000000${"0".repeat(32)}01000000000000000200000000000000`);
  });

  it("pads a table longer than its initialiser with zeros, which ARRAY_SIZE counts", () => {
    const text = `#define ARRAY_SIZE(a) sizeof(a) / sizeof(a[0])
      struct { u32 n; u16 t[4]; } config = { .n = ARRAY_SIZE(config.t), .t = { 1, 2 } };`;
    expect(bytes(text)).to.equal("04000000" + "0100020000000000");
  });

  it("leaves a table without any initialiser zero", () => {
    expect(bytes("struct { u32 n; u16 t[2]; } config = { .n = 1 };")).to.equal("0100000000000000");
  });

  it("drops elements beyond the end of a table with a warning each", () => {
    const text = "struct { u16 a; } config[2] = { { 1 }, { 2 }, { 3 }, { 4 } };";
    expect(bytes(text)).to.equal("01000200");
    expect(idsOf(types + text)).to.deep.equal(["c-excess-elements", "c-excess-elements"]);
  });

  it("takes members in any order", () => {
    expect(bytes("struct { u8 a, b, c; } config = { .c = 3, .a = 1, .b = 2 };")).to.equal("010203");
  });

  it("lays members out as declared, whatever order a reader would expect", () => {
    expect(
      bytes("struct { u16 pci; u8 pio; } __attribute__((packed)) config = { .pio = 1, .pci = 2 };"),
    ).to.equal("020001");
  });

  it("emits all the struct declares, whatever its counts say", () => {
    const text = "struct { u32 num; u32 devices[1]; } config = { .devices = { 9 } };";
    expect(bytes(text)).to.equal("0000000009000000");
  });

  it("aligns members naturally where `aligned(1)` stands without `packed`", () => {
    const text = `#define ALIGN __attribute__((aligned(1)))
      struct { u32 ALIGN a; u64 ALIGN b; u8 ALIGN c; } ALIGN config = { 1, 2, 3 };`;
    expect(bytes(text)).to.equal("0100000000000000" + "0200000000000000" + "0300000000000000");
  });

  it("fills a signature to the last byte, without a zero behind it", () => {
    const text = 'struct { char s8[8]; char s5[5]; char name[8]; } config = { "JAILSYST", "JHCLL", "name" };';
    expect(bytes(text)).to.equal(Buffer.from("JAILSYSTJHCLLname\0\0\0\0").toString("hex"));
    expect(idsOf(types + text)).to.deep.equal([]);
  });

  it("joins strings, stringified macros among them", () => {
    const text =
      '#define str(s) #s\n#define xstr(s) str(s)\n#define BOMB_ID 3\nchar config[] = "col-mem-bomb-" xstr(BOMB_ID);';
    expect(bytes(text)).to.equal(Buffer.from("col-mem-bomb-3\0").toString("hex"));
  });

  it("uses enum constants as values", () => {
    const text = `typedef enum irqs { UART4_IRQn = 29, NEXT_IRQn } irqs;
      #define IRQMAP(irqn, pinbase) ((1) << (((irqn) - (pinbase)) % 32))
      u32 config[] = { IRQMAP(UART4_IRQn + 32, 32), NEXT_IRQn };`;
    expect(bytes(text)).to.equal("000000201e000000");
  });

  it("mixes positional and designated values in one element", () => {
    const text = "struct { u16 a, b, c, d; } config[1] = { { 1, .c = 3, 4 } };";
    expect(bytes(text)).to.equal("0100000003000400");
  });

  it("takes expressions as array lengths", () => {
    const text = "#define MORE (1 + 1)\nstruct { u8 a[4 + MORE + 2]; u8 b; } config = { .b = 1 };";
    expect(bytes(text)).to.equal("000000000000000001");
  });

  it("follows designators through named, nested and anonymous members", () => {
    const text = `struct { u32 type; union { struct { u16 bdf; u8 cap; } __attribute__((packed)) amd; struct { u64 tlb; u32 n; }
      __attribute__((packed)) tipvu; }; struct { union { struct { u8 x; } x86; struct { u8 irq, gic; } arm; }; } info; }
      __attribute__((packed)) config = { .tipvu.tlb = 5, .info.arm = { .gic = 2 }, .info.arm.irq = 1, .type = 9 };`;
    expect(bytes(text)).to.equal("09000000" + "050000000000000000000000" + "0102");
  });

  it("drops a union's value when another member is set", () => {
    const text =
      "union { u32 id; struct { u16 id, mask; } mmu500; } config[2] = { { .id = -1, .mmu500.id = 7 }, { 5 } };";
    expect(bytes(text)).to.equal("0700000005000000");
  });

  it("keeps what a nested designator does not name, and clears what braces replace", () => {
    const text =
      "struct { struct { u8 a, b; } p, q; } config = { .p = { 1, 2 }, .q = { 3, 4 }, .p.b = 9, .q = { .b = 8 } };";
    expect(bytes(text)).to.equal("01090008");
  });

  it("packs the bit-fields of a PCI device into byte 35", () => {
    const text = `struct { u8 t, i; u16 d, b; u32 m[6]; u16 cs, nc; u8 v; u8 msi_64bits : 1; u8 msi_maskable : 1; u16 x; }
      __attribute__((packed)) config = { .msi_maskable = 1, .x = 0xaaaa };`;
    expect(bytes(text)).to.equal(`${"0".repeat(70)}02aaaa`);
  });

  it("reads the ternaries of shared-memory macros", () => {
    const text = `#define NET(start, id) { start, ((id == 0) ? 2 : 0) | 1 }, { (start) + 0x1000, ((id == 1) ? 2 : 0) | 1 }
      struct { u64 a; u64 f; } config[] = { NET(0x7f0000000, 1) };`;
    expect(bytes(text)).to.equal(
      "000000f007000000" + "0100000000000000" + "001000f007000000" + "0300000000000000",
    );
  });

  it("writes each object of the table style with the section it is for", () => {
    const text = `${types}
      #define CELL(id, file) static const struct { char name[4]; u32 size; } __attribute__((packed)) id \\
        __attribute__((used, section(".cell." file)))
      CELL(root, "root") = { "r", sizeof((u8[]){ 1, 2, 3 }) / sizeof(u8) };
      CELL(demo, "demo") = { "d", 1ULL << 5 };
      _Static_assert(sizeof(root) == 8 && sizeof(int) >= 4, "size");
      static const int check = sizeof(struct { int: -!(sizeof(demo) == 8); }) + 1;`;
    const { unit, findings } = compileText(text);
    expect(findings).to.deep.equal([]);
    expect(
      unit.objects.map(({ name, section, bytes: content }) => [name, section, hex(content)]),
    ).to.deep.equal([
      ["root", ".cell.root", "7200000003000000"],
      ["demo", ".cell.demo", "6400000020000000"],
    ]);
  });

  it("writes nothing for what gcc leaves to .bss, and says so of an initialised object", () => {
    const { unit, findings } = compileText(
      'int a; int b = 0; const int c; int d __attribute__((section("s"))); static int e = 1;',
    );
    expect(unit.objects.map(({ name }) => name)).to.deep.equal(["c", "d"]);
    expect(findings.map(({ id }) => id)).to.deep.equal(["c-all-zero"]);
  });
});

describe("What the unit tells besides bytes", () => {
  it("says which expression wrote each byte", () => {
    const text =
      'struct { char a; struct { short b, c; } s[3]; char t[4]; } x = { 1, .s[0 ... 1].c = 2 + 3, .t = "ab" };';
    const { unit } = compileText(text);
    const { provenance } = unit.objects[0]!;
    const at = (offset: number): string | undefined => provenance.at(offset)?.text;
    expect([0, 1, 2, 4, 5, 6, 8, 9, 12, 14, 16, 17].map(at)).to.deep.equal([
      "1",
      undefined,
      undefined,
      "2",
      "2",
      undefined,
      "2",
      "2",
      undefined,
      '"ab"',
      '"ab"',
      undefined,
    ]);
    expect(provenance.at(4)!.start).to.equal(text.indexOf("2 + 3"));
  });

  it("forgets what was overwritten or cleared", () => {
    const { unit } = compileText(
      "struct { struct { int a, b; } s; } x = { .s = { 1, 2 }, .s = { .b = 3 } };",
    );
    const { provenance } = unit.objects[0]!;
    expect([provenance.at(0), provenance.at(4)!.text]).to.deep.equal([undefined, "3"]);
  });

  it("lays out each tagged struct", () => {
    const { unit } = compileText(
      "struct a { char c; union { int i; struct { short s : 3; } n; }; }; union b { struct a x[2]; }; struct c;",
    );
    expect([...unit.structs.keys()]).to.deep.equal(["a", "b"]);
    expect(unit.structs.get("a")).to.deep.equal({
      tag: "a",
      size: 8,
      alignment: 4,
      members: [
        { name: "c", offset: 0, size: 1 },
        {
          name: null,
          offset: 4,
          size: 4,
          layout: {
            tag: null,
            size: 4,
            alignment: 4,
            members: [
              { name: "i", offset: 0, size: 4 },
              {
                name: "n",
                offset: 0,
                size: 2,
                layout: {
                  tag: null,
                  size: 2,
                  alignment: 2,
                  members: [{ name: "s", offset: 0, size: 1, bits: { offset: 0, width: 3 } }],
                },
              },
            ],
          },
        },
      ],
    });
    expect(unit.structs.get("b")!.members[0]).to.deep.include({
      name: "x",
      size: 16,
      layout: unit.structs.get("a"),
    });
  });
});
