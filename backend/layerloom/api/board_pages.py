"""What stands in the place of TensorBoard's page while there is none; each asks again by itself."""

from fastapi.responses import HTMLResponse

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="{again_s}">
<meta name="color-scheme" content="light dark">
<title>TensorBoard · Layerloom</title>
<style>
  body {{ display: grid; place-content: center; min-height: 90vh; margin: 0 24px }}
  main {{ max-width: 34em; font: 15px/1.5 system-ui, sans-serif }}
  h1 {{ font-size: 18px; font-weight: 600 }}
</style>
<main role="status"><h1>{title}</h1><p>{text}</p></main>
"""


def starting() -> HTMLResponse:
    """TensorBoard is on its way."""
    return _page(503, 1, "TensorBoard is starting…", "It opens here by itself in a few seconds.")


def no_logs() -> HTMLResponse:
    """No run wrote anything that TensorBoard could show."""
    text = "Add the callback <b>TensorBoard</b> in the training settings and train: it then shows that run."
    return _page(200, 5, "No run has written logs for TensorBoard yet", text)


def failed() -> HTMLResponse:
    """TensorBoard could not be started, or ended while it was asked."""
    text = "Its process ended; the server's log says why. It is started anew when this page asks again, in ten seconds."
    return _page(503, 10, "TensorBoard does not answer", text)


def _page(status: int, again_s: int, title: str, text: str) -> HTMLResponse:
    return HTMLResponse(
        PAGE.format(again_s=again_s, title=title, text=text), status, headers={"cache-control": "no-store"}
    )
