// The file picker of the browser.

export interface PickOptions {
  /** Whether to choose a folder, with all that is in it. */
  readonly folder?: boolean;
  /** Which files to show, as in `<input accept>`. */
  readonly accept?: string;
}

/** Asks for files, and must be called within a click. `null`: the person closed the picker. */
export function pickFiles(
  page: Document,
  { folder = false, accept = '' }: PickOptions = {},
): Promise<readonly File[] | null> {
  const input = page.createElement('input');
  Object.assign(input, { type: 'file', multiple: true, webkitdirectory: folder, accept });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.length ? [...input.files] : null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** Whether a person can choose a folder here. */
export const canPickFolders = (page: Document): boolean =>
  'webkitdirectory' in page.createElement('input');
