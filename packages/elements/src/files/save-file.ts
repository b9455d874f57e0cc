// Saves a file where the browser keeps downloads.

/** How long a browser may take to begin with a download, ms. Afterwards, nothing keeps the file. */
const URL_MS = 40_000;

export function saveFile(file: File, page: Document): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(page.createElement('a'), { href: url, download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), URL_MS);
}
