import { expect } from "chai";
import { type Consequence, consequenceText } from "../../../compiler/check/consequence.js";

const refused: Consequence = {
  step: "create",
  outcome: "refused",
  errno: "EBUSY",
  text: "It stays so.",
};

describe("the text of a consequence", () => {
  const commands = {
    enable: "jailhouse enable",
    create: "jailhouse cell create",
    load: "jailhouse cell load",
    start: "jailhouse cell start",
    destroy: "jailhouse cell destroy",
    disable: "jailhouse disable",
  } as const;
  for (const [step, command] of Object.entries(commands)) {
    it(`names the command of ${step}`, () => {
      expect(consequenceText({ ...refused, step: step as keyof typeof commands })).to.equal(
        `\`${command}\` fails with EBUSY (Device or resource busy); nothing is printed. It stays so.`,
      );
    });
  }

  const errnos = {
    E2BIG: "Argument list too long",
    EBUSY: "Device or resource busy",
    EEXIST: "File exists",
    EFAULT: "Bad address",
    EINVAL: "Invalid argument",
    EIO: "Input/output error",
    ENODEV: "No such device",
    ENOENT: "No such file or directory",
    ENOMEM: "Cannot allocate memory",
    EPERM: "Operation not permitted",
    ERANGE: "Numerical result out of range",
  } as const;
  for (const [errno, meaning] of Object.entries(errnos)) {
    it(`says what ${errno} means`, () => {
      expect(consequenceText({ ...refused, errno: errno as keyof typeof errnos })).to.equal(
        `\`jailhouse cell create\` fails with ${errno} (${meaning}); nothing is printed. It stays so.`,
      );
    });
  }

  it("quotes what the log shows of a refusal, once", () => {
    expect(consequenceText({ ...refused, prints: ["one line", "another"] })).to.equal(
      "`jailhouse cell create` fails with EBUSY (Device or resource busy); the log shows `one line`, `another`. It stays so.",
    );
  });

  it("quotes what the console shows of a crash", () => {
    const crash: Consequence = {
      step: "start",
      outcome: "crash",
      prints: ["FATAL", "PC"],
      text: "It stops.",
    };
    expect(consequenceText(crash)).to.equal("It stops. The console shows `FATAL`, `PC`.");
  });

  it("quotes a single line", () => {
    const crash: Consequence = { step: "run", outcome: "crash", prints: ["FATAL"], text: "It stops." };
    expect(consequenceText(crash)).to.equal("It stops. The console shows `FATAL`.");
  });

  it("names an errno only of what is refused", () => {
    expect(consequenceText({ ...refused, outcome: "hang" })).to.equal("It stays so.");
  });

  it("names no command where none failed", () => {
    const { errno: _, ...unknown } = refused;
    expect(consequenceText(unknown)).to.equal("It stays so.");
    expect(consequenceText({ ...refused, step: "run" })).to.equal("It stays so.");
  });

  it("shows `…` for what differs from case to case, and an address as logs show it", () => {
    const crash = {
      step: "run",
      outcome: "crash",
      prints: [
        "FATAL: Invalid PIO %s, port: %x size: %d",
        'device %02x:%02x.%x of "%s"',
        "addr: 0x%016llxand 5% off",
      ],
      text: "On ARM it is `at 0x%lx(%d)`.",
    } as const;
    expect(consequenceText(crash)).to.equal(
      'On ARM it is `at 0x…(…)`. The console shows `FATAL: Invalid PIO …, port: … size: …`, `device BB:DD.F of "…"`, `addr: 0x…and 5% off`.',
    );
  });
});
