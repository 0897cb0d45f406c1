// A real SMTP server, and what arrived there.

import { once } from 'node:events';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { PATIENCE_MS } from './patience.js';

export class Mailbox {
  #mails = [];
  #server;

  /** Starts it, and tells the shop to send its mail there. */
  static async open(shop) {
    const mailbox = new Mailbox();
    mailbox.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => mailbox.#receive(stream).then(() => done(), done),
    });
    mailbox.#server.listen(0, '127.0.0.1');
    await once(mailbox.#server.server, 'listening');
    await shop.configure({
      'system/smtp/transport': 'smtp',
      'system/smtp/host': '127.0.0.1',
      'system/smtp/port': mailbox.#server.server.address().port,
    });
    return mailbox;
  }

  /** The next mail to somebody, taken out of the box; waits for it. */
  async next(email) {
    const isTheirs = (mail) => mail.to.some(({ address }) => address === email);
    const giveUp = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const at = this.#mails.findIndex(isTheirs);
      if (at >= 0) return this.#mails.splice(at, 1)[0];
      await once(this.#server, 'mail', { signal: giveUp });
    }
  }

  close() {
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(stream) {
    const parts = await stream.toArray();
    this.#mails.push(await PostalMime.parse(Buffer.concat(parts)));
    this.#server.emit('mail');
  }
}

/** The first link in a mail. */
export function firstLink(mail) {
  return mail.text.match(/https?:\/\/\S+/)[0];
}
