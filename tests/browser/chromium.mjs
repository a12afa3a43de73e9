// What tests in a browser need: the program that they test, named on the command line, and Chromium with what drives it. Ends
// with a word about what is missing; tests/qa/install.sh installs all of it.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

export const tools = process.env.OFFPRINT_TOOLS ?? join(import.meta.dirname, "../qa/tools");
export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const [, script, named] = process.argv;
export const program = named;
for (const [what, path] of [["the program", program ?? ""], ["Chromium", executablePath], ["playwright-core", join(tools, "node_modules/playwright-core")]]) {
  if (!existsSync(path)) {
    console.error(`${basename(script)}: ${what} is not at "${path}"; tests/qa/install.sh installs what is needed`);
    process.exit(2);
  }
}
// What a page looks like must not depend on the fonts of the machine.
process.env.OFFPRINT_NO_CARDS = "yes";
export const { chromium } = createRequire(join(tools, "package.json"))("playwright-core");

/** Runs tests one after the other, whatever became of those before; `end` says how many passed, and leaves with an error if any failed. */
export const tally = () => {
  let [passed, failed] = [0, 0];
  const test = async (name, body) => {
    try {
      await body();
      passed += 1;
    } catch (error) {
      failed += 1;
      console.error(`FAILED: ${name}\n${error.stack}`);
    }
  };
  const end = () => {
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed ? 1 : 0);
  };
  return { test, end };
};
