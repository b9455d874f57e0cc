// Which header is trusted with the network address of a client, as the variables of the deployment say.
import type { AddressSetting } from '../edge/client-address.js';
import type { VariableReader } from './rules/variables.js';

/** The names that a header can have (RFC 9110, section 5.6.2), as far as anybody uses them for addresses. */
const HEADER_NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** These have another syntax, or hold something else: whoever names one would believe that addresses are known. */
const NOT_FOR_ADDRESSES =
  /^(forwarded|host|origin|cookie|authorization|upgrade|connection|via|x-rtc-.*|sec-.*)$/;

export function readAddressSetting(reader: VariableReader): AddressSetting {
  const name = reader.text('CLIENT_ADDRESS_HEADER').toLowerCase();
  if (name === '') return { kind: 'platform' };
  if (name === 'none') return { kind: 'none' };
  if (HEADER_NAME.test(name) && !NOT_FOR_ADDRESSES.test(name)) return { kind: 'header', name };
  const example = 'the name of a header that holds a network address, such as x-real-ip, or none';
  reader.complain(`CLIENT_ADDRESS_HEADER must be ${example}, not "${name.slice(0, 64)}"`);
  return { kind: 'none' };
}
