/** A certificate for one address, by OpenSSL. No browser trusts it: start them so that they do not ask. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { requirePrograms } from '../../scripts/support/programs.mjs';
import type { Certificate } from './front.js';

const OPENSSL = {
  title: 'OpenSSL',
  variables: ['OPENSSL_PATH'],
  commands: ['openssl'],
  places: ['/usr/bin/openssl'],
  debian: 'openssl',
};

/** `address`: an IPv4 address. Good for a day. */
export function makeCertificate(address: string): Certificate {
  const [openssl = ''] = requirePrograms([OPENSSL]);
  const folder = mkdtempSync(join(tmpdir(), 'rtc-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const names = ['-subj', `/CN=${address}`, '-addext', `subjectAltName=IP:${address}`];
    const words = ['req', '-x509', ...curve, '-days', '1', ...names, '-keyout', key, '-out', cert];
    execFileSync(openssl, words, { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
