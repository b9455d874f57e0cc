'use client';

import { useState } from 'react';

import { Call } from './call';

/** What a page does to a call: renders it again, takes it away, replaces it. */
export function Controls(props: { host: string; room: string; name: string }) {
  const [isShown, setShown] = useState(true);
  const [renders, setRenders] = useState(0);
  const [version, setVersion] = useState(0);
  return (
    <>
      <button id="toggle" onClick={() => setShown(!isShown)}>
        Show or hide
      </button>
      <button id="render" onClick={() => setRenders(renders + 1)}>
        Render
      </button>
      <button id="replace" onClick={() => setVersion(version + 1)}>
        Replace
      </button>
      <output id="renders">{renders}</output>
      <output id="version">{version}</output>
      {isShown && <Call key={version} {...props} leave={`Leave, ${renders}`} />}
    </>
  );
}
