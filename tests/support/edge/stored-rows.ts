// What the objects of an edge room have stored, read from their files after the runtime is gone.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Tables that a runtime for development keeps for itself: the name of each object that it has started. */
const OF_THE_RUNTIME = new Set(['__miniflare_do_name']);

/** The rows in each table of each object, `metadata.sqlite` with the alarms of all included: only those with any. */
export function storedRows(folder: string): Readonly<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const file of filesOf(folder).filter((name) => name.endsWith('.sqlite'))) {
    const database = new DatabaseSync(file);
    try {
      const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
      for (const name of tables.map((table) => String(table['name']))) {
        const { count } = database.prepare(`SELECT count(*) AS count FROM "${name}"`).get() ?? {};
        if (Number(count) > 0 && !OF_THE_RUNTIME.has(name)) {
          rows[`${file.slice(folder.length)} ${name}`] = Number(count);
        }
      }
    } finally {
      database.close();
    }
  }
  return rows;
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : [path];
  });
