"""A mail server for tests. Takes mail at a port of this machine and tells on standard output what
it took, one JSON object a line, as another program than the sender's reads it."""

import argparse
import asyncio
import email
import email.policy
import json
import re
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

options = argparse.ArgumentParser()
options.add_argument("--port", type=int, default=0)
options.add_argument("--tls", choices=["starttls", "implicit"])
options.add_argument("--certificate")
options.add_argument("--key")
options.add_argument("--login", help="username:password that must be given")
options.add_argument("--refuse", choices=["recipient", "quoting"])
options = options.parse_args()


def tell(what):
    print(json.dumps(what), flush=True)


class Mailbox:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.refuse == "recipient":
            tell({"refused": address})
            return f"550 5.1.1 {address}: there is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = {kind: message.get_body((kind,)).get_content() for kind in ("plain", "html")}
        if options.refuse == "quoting":
            link = re.search(r"https?://\S+", body["plain"]).group()
            tell({"refused": link})
            return f"554 5.7.1 Suspicious link {link} in your mail"
        tell({
            "envelope": envelope.rcpt_tos,
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": body["plain"],
            "html": body["html"],
            "is_encrypted": session.ssl is not None or options.tls == "implicit",
            "is_authenticated": bool(session.authenticated),
        })
        return "250 taken"


def authenticate(server, session, envelope, mechanism, login):
    given = f"{login.login.decode()}:{login.password.decode()}"
    return AuthResult(success=given == options.login, handled=False)


async def main():
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
    is_implicit = options.tls == "implicit"
    arguments = {"hostname": "localhost", "enable_SMTPUTF8": False}
    if options.login:
        arguments |= {
            "authenticator": authenticate,
            "auth_required": True,
            "auth_require_tls": options.tls == "starttls",
        }
    if context and not is_implicit:
        arguments |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Mailbox(), loop=loop, **arguments),
        "127.0.0.1",
        options.port,
        ssl=context if is_implicit else None,
    )
    tell({"port": server.sockets[0].getsockname()[1]})
    await server.serve_forever()


asyncio.run(main())
