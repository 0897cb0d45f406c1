"""Canaille, from PyPI, with its records in memory and its own sign-in pages; the same task and
orders as in ../provider.mjs. It says as text and not as a boolean whether an address is verified."""

import json
import sys
import threading
from datetime import datetime, timezone

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

VERIFIED = "{{ 'true' if user.title == 'verified' else 'false' }}"


def configuration(address):
    return {
        "SECRET_KEY": "only for tests",
        "SERVER_NAME": address,
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "LOGGING": LOGGING, "SMTP": None},
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [new_key()]},
    }


LOGGING = {"version": 1, "root": {"level": "WARNING"}}


def new_key():
    return RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)


def register(task):
    backend = Backend.instance
    groups = {}
    for person in task["people"]:
        user = models.User(
            user_name=person["login"],
            formatted_name=person["name"],
            family_name=person["name"],
            emails=[person["email"]],
            title="verified" if person["emailVerified"] else None,
        )
        backend.save(user)
        backend.set_user_password(user, person["password"])
        for name in person["groups"]:
            groups.setdefault(name, []).append(user)
    for name, members in groups.items():
        backend.save(models.Group(display_name=name, members=members))
    client = models.Client(
        client_id=task["clientId"],
        client_secret=task["clientSecret"],
        client_name="Postern",
        client_uri="https://postern.example",
        client_id_issued_at=datetime.now(timezone.utc),
        redirect_uris=task["redirectUris"],
        post_logout_redirect_uris=task.get("postLogoutRedirectUris", []),
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
        scope=["openid", "profile", "email", "groups"],
        token_endpoint_auth_method="client_secret_basic",
        id_token_signed_response_alg="RS256",
    )
    backend.save(client)
    client.audience = [client]
    backend.save(client)


class Later:
    """The application, which is made when the port that it is to name is known."""

    def __call__(self, environment, start):
        return self.app(environment, start)


def main():
    task = json.loads(sys.argv[1])
    later = Later()
    server = make_server("127.0.0.1", 0, later, threaded=True)
    address = f"127.0.0.1:{server.port}"
    later.app = create_app(config=configuration(address))
    # Its settings have no attribute for this claim, though its discovery document names it.
    later.app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]["EMAIL_VERIFIED"] = VERIFIED
    # Every answer would bring the session's cookie anew: a picture that comes late undoes a sign-out.
    later.app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    with later.app.app_context():
        register(task)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"listening at http://{address}", flush=True)
    for line in sys.stdin:
        if line.strip() != "rotate":
            raise SystemExit(f"{line!r} is no order")
        settings = later.app.config["CANAILLE_OIDC"]
        # Of several active ones it takes any.
        settings["INACTIVE_JWKS"] = (settings["INACTIVE_JWKS"] or []) + settings["ACTIVE_JWKS"]
        settings["ACTIVE_JWKS"] = [new_key()]
        print("done: rotate", flush=True)


main()
