/**
 * Runs before `npm pack` and `npm publish` of a package: builds, so that what is packed is never missing or old.
 * `RTC_IS_BUILT`: whoever packs has just built.
 */
import { build } from './build.mjs';
import { ensureInstalled } from './support/install.mjs';
import { endWithParent } from './support/run.mjs';

endWithParent();
try {
  if (!process.env.RTC_IS_BUILT) {
    await ensureInstalled();
    await build();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
