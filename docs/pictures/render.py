#!/usr/bin/env python3
"""Draws the golden messages as a phone and Slack show them: docs/pictures/render.py [CHROMIUM]."""
import html
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GOLDEN = HERE.parent.parent / "functions/src/test/resources/golden"
CHROMIUM = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
STYLE = """body{font:15px/1.45 'DejaVu Sans',Arial,sans-serif;margin:0;padding:14px;color:#1d1c1d;background:#fff}
h1{font-size:18px;margin:0 0 6px}p{margin:0 0 6px}a{color:#1264a3;text-decoration:none}
pre{font:12px/1.5 'DejaVu Sans Mono',monospace;background:#f6f6f6;border:1px solid #ddd;border-radius:4px;padding:8px;
white-space:pre-wrap;word-break:break-all;margin:2px 0 8px}
.fields{display:grid;grid-template-columns:1fr 1fr;gap:4px 16px;margin:6px 0}.fields div{word-break:break-word}
.app{display:flex;gap:10px;margin-bottom:4px}.app b{font-size:15px}.tag{background:#eee;font-size:10px;padding:1px 3px}
.phone pre{border:0;background:none;padding:0;font:13px/1.45 'DejaVu Sans',Arial,sans-serif;word-break:break-word}
.phone h1{font-size:16px;border-bottom:1px solid #ddd;padding-bottom:8px;word-break:break-word}"""


def element(part):
    text = html.escape(part.get("text", ""))
    if part["type"] == "link":
        return f'<a href="#">{text}</a>'
    return f"<b>{text}</b>" if part.get("style", {}).get("bold") else text


def block(one):
    if one["type"] == "header":
        return f"<h1>{html.escape(one['text']['text'])}</h1>"
    if one["type"] == "section" and "fields" in one:
        fields = "".join(f"<div>{html.escape(field['text'])}</div>" for field in one["fields"])
        return f'<div class="fields">{fields}</div>'
    if one["type"] == "section":
        return f"<p>{html.escape(one['text']['text'])}</p>"
    parts = one["elements"][0]
    inner = "".join(element(part) for part in parts["elements"])
    return f"<pre>{inner}</pre>" if parts["type"] == "rich_text_preformatted" else f"<p>{inner}</p>"


def slack(path):
    blocks = "".join(block(one) for one in json.loads(path.read_text())["blocks"])
    return f'<div class="app"><b>Backstop</b><span class="tag">APP</span></div>{blocks}'


def email(path):
    subject, body = path.read_text().split("\n\n", 1)
    return f'<div class="phone"><h1>{html.escape(subject)}</h1><pre>{html.escape(body)}</pre></div>'


def draw(name, body, width, height):
    with tempfile.TemporaryDirectory() as profile:
        page = pathlib.Path(profile) / "page.html"
        page.write_text(f'<meta charset="utf-8"><style>{STYLE}</style>{body}')
        subprocess.run([CHROMIUM, *FLAGS, f"--user-data-dir={profile}/user", f"--window-size={width},{height}",
                        f"--screenshot={HERE / name}", page.as_uri()], check=True, capture_output=True, timeout=60)


draw("slack-failed.png", slack(GOLDEN / "slack/failed.json"), 680, 680)
draw("slack-contained.png", slack(GOLDEN / "slack/contained.json"), 680, 640)
draw("email-failed.png", email(GOLDEN / "email/failed.txt"), 390, 1000)
