// Where large files go: a place that the person chooses, so that they are written once, as they arrive.
import type { FileSink, Transfer } from '@rtc-elements/core';

/** The pickers of a window, which not every browser has. */
interface PickerWindow {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: { readonly mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}

/** Below this, what arrives waits in the browser's storage, and the person is asked nothing. */
const LARGE_BYTES = 256 * 1_024 ** 2;

/**
 * Asks for a place for a large transfer, and must be called within a click. `null`: the browser's storage, as the
 * transfer is small or the browser does not ask. `false`: the person closed the picker.
 */
export async function choosePlace(
  { kind, name, size }: Pick<Transfer, 'kind' | 'name' | 'size'>,
  view: object,
): Promise<FileSink | null | false> {
  if (size < LARGE_BYTES) return null;
  const pickers: PickerWindow = view;
  try {
    const handle =
      kind === 'file'
        ? await pickers.showSaveFilePicker?.({ suggestedName: name })
        : await pickers.showDirectoryPicker?.({ mode: 'readwrite' });
    return handle ?? null;
  } catch (error) {
    // A frame of another origin may not ask.
    return (error as Partial<DOMException> | null)?.name === 'AbortError' ? false : null;
  }
}
