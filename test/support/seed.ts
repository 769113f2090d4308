/**
 * One seed for every property test, so that a run can be repeated: CI takes a fixed sample. `CELLC_SEED=N npx mocha`
 * looks elsewhere.
 */

import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.CELLC_SEED ?? 20261123) });
