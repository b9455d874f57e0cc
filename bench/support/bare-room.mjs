/**
 * The least that a room on PartyServer can be: it may sleep, and tells every frame to everybody. No
 * names, no numbers, nothing stored. What ours is measured against.
 */
import { routePartykitRequest, Server } from 'partyserver';

export class BareRoom extends Server {
  static options = { hibernate: true };

  onMessage(_, message) {
    this.broadcast(message);
  }
}

export default { fetch: (request, env) => routePartykitRequest(request, env) };
