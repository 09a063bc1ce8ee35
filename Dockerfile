# Two stages: what is only needed to install stays behind in the first one.
FROM python:3.13-slim AS build
COPY requirements-run.lock ./
RUN python -m venv /app/.venv \
    && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-run.lock
# The same two lines that installing the package would write there; building it would need tools that are not locked.
RUN printf '#!/app/.venv/bin/python\nfrom slackbot.__main__ import main\nmain()\n' > /app/.venv/bin/prm \
    && chmod 755 /app/.venv/bin/prm

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin prm
COPY --from=build /app/.venv /app/.venv
# Without the sandbox: that is for trying it out.
COPY slackbot /app/slackbot
COPY storage /app/storage
COPY content /app/content
ENV PATH=/app/.venv/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
ENV LOG_FORMAT=json PORT=3000
# Nothing is written here: the database is PostgreSQL, and the root may be read-only.
WORKDIR /app
USER 10001
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/readyz', timeout=4)"]
CMD ["prm", "web"]
