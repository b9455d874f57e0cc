// The parts inside `<rtc-room>` for the page, as values of `exportparts`. A name that several elements have gets the
// name of the place in front.
import { OUTER_TILE_PARTS } from '../tile/tile-parts.js';

export const LOBBY_PARTS =
  'preview,title:lobby-title,form,field:lobby-field,join,meter-track,verdict,check,' +
  `good:verdict-good,fair:verdict-fair,poor:verdict-poor,${OUTER_TILE_PARTS}`;

export const FILE_CARD_PARTS =
  'transfers,transfer,transfer-offered,transfer-done,' +
  'file-name,file-facts,file-status,file-problem,file-progress,file-preview,file-button';

export const STATS_PARTS =
  'list:stats-list,person:stats-person,quality:stats-quality,' +
  'good:stats-good,fair:stats-fair,poor:stats-poor,figures';
