// The template of one file: icon or picture, name, facts, how it does, and buttons.
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../base/icon.js';
import { fileIcon, type FileLook } from './file-icon.js';

/** What the template shows. */
export interface FileView extends FileLook {
  readonly facts: string;
  readonly status: string;
  /** Whether `status` says what is wrong. */
  readonly isWrong?: boolean;
  /** 0 to 1; `null`: no bar. */
  readonly progress?: number | null;
  /** The address of a picture, with words for it. */
  readonly preview?: { readonly address: string; readonly words: string } | null;
}

export function renderFile(
  file: FileView,
  buttons: unknown,
  below: unknown = nothing,
): TemplateResult {
  const { name, facts, status, isWrong = false, progress = null } = file;
  return html`${renderSign(file)}
    <div class="what">
      <bdi part="file-name" class="name" title=${name}>${name}</bdi>
      <p part="file-facts" class="facts">${facts}</p>
      ${
        progress === null
          ? nothing
          : html`<progress
              part="file-progress"
              max="1"
              .value=${progress}
              aria-label=${name}
            ></progress>`
      }
      ${
        status
          ? html`<p
              part=${isWrong ? 'file-status file-problem' : 'file-status'}
              class=${isWrong ? 'status wrong' : 'status'}
            >
              ${status}
            </p>`
          : nothing
      }
    </div>
    <div class="buttons">${buttons}</div>
    ${below}`;
}

function renderSign({ preview, ...look }: FileView): TemplateResult {
  return preview
    ? html`<img part="file-preview" class="sign" src=${preview.address} alt=${preview.words} />`
    : html`<span class="sign" aria-hidden="true">${icon(fileIcon(look))}</span>`;
}
