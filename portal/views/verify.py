"""Is this the official file? By the code printed on it, or by the file itself; nothing of it is kept."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from disclosure.verifying import beginning_of
from portal import proving
from portal.uploads import LIMIT, HashOnly
from portal.views.problems import revalidated


@csrf_exempt  # changes nothing, knows no user, and sets no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; a code goes on to its own address, a file is compared on the spot."""
    if request.method == "POST":
        return _compare(request)
    code = request.GET.get("code", "").strip()
    if code and beginning_of(code):
        return HttpResponseRedirect(reverse("verified", args=[code]))
    problem = f"“{code[:40]}”不是验证码。验证码是封面和页脚上的16位字母和数字，如 8K2M-7Q0T-C3ZD-W9XA。" if code else ""
    return render(request, "portal/verify.html", {"problem": problem, "code": code}, status=400 if code else 200)


def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say what a printed code stands for today."""
    found = proving.by_code(code)
    if not found:
        problem = f"没有验证码为“{code[:40]}”的公开文件。请对照封面再输入一次；仍然没有，则该文件不是本平台公开的版本。"
        return render(request, "portal/verify.html", {"problem": problem, "code": code}, status=404)
    return revalidated(render(request, "portal/verified.html", {"proofs": found}))


def _compare(request: HttpRequest) -> HttpResponse:
    """Compare an uploaded file with every file that is published."""
    request.upload_handlers = [HashOnly(request)]
    file = request.FILES.get("file")
    if file is None or not file.length:
        problem = f"请选择要核对的文件，不超过{LIMIT // 1024 // 1024}MB。"
        return render(request, "portal/verify.html", {"problem": problem}, status=400)
    found = proving.by_file(file.sha256)
    context = {"proofs": found, "uploaded": True, "sha256": file.sha256}
    response = render(request, "portal/verified.html", context, status=200 if found else 404)
    response["Cache-Control"] = "no-store"
    return response
