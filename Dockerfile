# Stage 1 builds the page and installs everything into one virtual environment; stage 2 carries only that.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/layerloom
WORKDIR /source
COPY requirements.lock ./
RUN /opt/layerloom/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml hatch_build.py README.md LICENSE NOTICE CHANGELOG.md ./
COPY frontend frontend
COPY backend backend
RUN /opt/layerloom/bin/pip install --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin layerloom \
    && install -d -o layerloom -g layerloom /data
COPY --from=build /opt/layerloom /opt/layerloom
ENV PATH=/opt/layerloom/bin:$PATH LAYERLOOM_HOME=/data PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER layerloom
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/health', timeout=2)"]
# In a container every address is its own: the token in LAYERLOOM_TOKEN is what guards it.
CMD ["layerloom", "serve", "--host", "0.0.0.0", "--port", "8000"]
