import { type ComponentType, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { Call } from './call';
import { OwnCall } from './own-call';

interface PageProps {
  readonly Content: ComponentType<{ host: string; room: string; name: string; leave: string }>;
}

const query = new URLSearchParams(location.search);
const read = (name: string): string => query.get(name) ?? '';

/** What a page does to what it shows: renders it again, takes it away, replaces it. */
function Page({ Content }: PageProps) {
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
      {isShown && (
        <Content
          key={version}
          host={read('host')}
          room={read('room')}
          name={read('name')}
          leave={`Leave, ${renders}`}
        />
      )}
    </>
  );
}

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Page Content={read('ui') === 'own' ? OwnCall : Call} />
  </StrictMode>,
);
