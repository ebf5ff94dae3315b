"""For tests: the app of the tutorial "Building a FastAPI Application with Prometheus Metrics", with all its metrics served."""

import time

from fastapi import FastAPI, HTTPException, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import choose_encoder

registry = CollectorRegistry()
LABELS = ["method", "path", "status"]
requests_total = Counter("requests_total", "Total HTTP requests", LABELS, registry=registry)
exceptions_total = Counter("exceptions_total", "Total HTTP exceptions", ["path", "error"], registry=registry)
latency_seconds = Histogram("latency_seconds", "HTTP request latency (seconds)", LABELS, registry=registry)

app = FastAPI()


@app.middleware("http")
async def measure(request: Request, call_next):
    begun = time.perf_counter()
    path = request.url.path
    try:
        response = await call_next(request)
    except Exception as error:
        exceptions_total.labels(path, type(error).__name__).inc()
        response = Response("Internal Server Error", status_code=500)
    seconds = time.perf_counter() - begun
    response.headers["X-Process-Time"] = str(seconds)
    requests_total.labels(request.method, path, response.status_code).inc()
    latency_seconds.labels(request.method, path, response.status_code).observe(seconds)
    return response


@app.get("/")
async def hello():
    return {"message": "Hello World"}


@app.get("/missing")
async def missing():
    raise HTTPException(status_code=404)


@app.get("/broken")
async def broken():
    raise ValueError("broken on purpose")


@app.get("/metrics")
async def metrics(request: Request):
    encode, content_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(registry), media_type=content_type)


@app.get("/metrics/text")
async def metrics_as_text():
    encode, content_type = choose_encoder("")
    return Response(encode(registry), media_type=content_type)
