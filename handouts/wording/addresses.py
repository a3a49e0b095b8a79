"""Web addresses and phone numbers: as they are printed, and as they are dialled."""

from __future__ import annotations


def shown_address(url: str) -> str:
    """The address without what a browser adds by itself."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")


def phone_link(number: str) -> str:
    """The tel: address of a number (RFC 3966), its separators left out."""
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")
