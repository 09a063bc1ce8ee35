"""The least that a server of Slack's requests can do: check the signature, answer 200."""

import sys

import uvicorn
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def app(secret: str) -> Starlette:
    verifier = SignatureVerifier(secret)

    async def events(request: Request) -> Response:
        body = await request.body()
        return Response(status_code=200 if verifier.is_valid_request(body, dict(request.headers)) else 401)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"])])


if __name__ == "__main__":
    uvicorn.run(app(sys.argv[2]), port=int(sys.argv[1]), access_log=False, log_level="warning")
