// What a drop or a paste has of files. It can be read only while the event is handled, and folders only later.

/** A file, or what can be read of a folder. */
export type DroppedItem = File | FileSystemEntry;

/** Whether files are dragged. What they are is not told before they are dropped. */
export const hasFiles = (data: DataTransfer | null): boolean =>
  data?.types.includes('Files') ?? false;

/** A listener of `dragover` for a place that takes no files: a browser would open them, and leave the page. */
export function keepPage(event: DragEvent): void {
  if (event.defaultPrevented || !hasFiles(event.dataTransfer)) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}

/** Call it while the event is handled; `filesIn()` of `dropped-files.ts` reads the rest. */
export function droppedItems(data: DataTransfer | null): readonly DroppedItem[] {
  const items = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
  return items.flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    // A file that is pasted has no entry.
    return (entry?.isDirectory ? entry : item.getAsFile()) ?? [];
  });
}
