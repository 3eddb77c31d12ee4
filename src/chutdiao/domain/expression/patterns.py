"""Named patterns that ``matches`` may ask for."""

import re

PATTERNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "digits": r"[0-9]+",
        "postcode": r"[1-9][0-9]{4}",
        "house-code": r"[0-9]{11}",
        "branch": r"[0-9]{5}",
        "tsic": r"[0-9]{5}",
        "six-digits": r"[0-9]{6}",
        "ten-digits": r"[0-9]{10}",
        "thirteen-digits": r"[0-9]{13}",
        "commercial-number": r"[0-9]{7,13}",
        "account-number": r"[0-9]{10,15}",
        "thai": r"[\u0e00-\u0e7f0-9\s().,/\-]+",
        "english": r"[A-Za-z0-9\s().,&'/\-]+",
        "email": r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
        "phone": r"0[0-9]{8,9}|1[0-9]{3}",
        "web-address": r"(https?://)?[^\s/.]+(\.[^\s/.]+)+(/\S*)?",
        "ends-in-brackets": r".+\([^()]+\)",
        "year-be": r"2[4-9][0-9]{2}",
        "month": r"0?[1-9]|1[0-2]",
    }.items()
}
