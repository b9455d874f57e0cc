// What is asked of a browser, and what it has no word for when it fails.

export type Wanted = 'microphone' | 'camera' | 'screen';

/** A page that is not secure: browsers show it no devices, and so name no error. */
export const INSECURE = 'InsecureContextError';

/** A device that went away while in use. */
export const UNPLUGGED = 'UnpluggedError';

/** A device that is on but gives nothing. */
export const SILENT = 'SilentError';
