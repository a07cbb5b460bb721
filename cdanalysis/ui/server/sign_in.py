"""Sign-in for an intranet, by Streamlit's own OpenID Connect: on where secrets.toml has an [auth] section, else absent.

A [readers] section with `emails` lets in these alone: a provider may know more people than may see patients.
"""

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def is_configured() -> bool:
    """Whether the server's secrets name an identity provider."""
    return _has_section("auth")


def required() -> None:
    """Stop the page until a reader of this server has signed in; a sign-in ends when the provider's token does."""
    if not is_configured():
        return
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        st.title("cdanalysis")
        st.markdown("This server shows patients' data to signed-in readers only.")
        st.button("Sign in", on_click=st.login, type="primary", icon=":material/login:")
        st.stop()
    if _has_expired(claims):
        st.logout()
        st.stop()
    if not _is_reader(claims, _readers()):
        st.title("cdanalysis")
        st.error(
            "You are signed in, and not among the readers of this server. Ask who runs it.", icon=":material/block:"
        )
        st.button("Sign out", on_click=st.logout, icon=":material/logout:")
        st.stop()
    st.sidebar.button("Sign out", on_click=st.logout, icon=":material/logout:")


def _readers() -> list[str] | None:
    """The addresses that may read; None where everybody who can sign in may."""
    return list(st.secrets["readers"]["emails"]) if _has_section("readers") else None


def _is_reader(claims: dict[str, Any], readers: list[str] | None) -> bool:
    """Whether the provider's address of this person is on the list; one that it has not verified is not."""
    if readers is None:
        return True
    email = str(claims.get("email", "")).casefold()
    verified = bool(email) and claims.get("email_verified", True) is not False
    return verified and email in {one.casefold() for one in readers}


def _has_section(name: str) -> bool:
    try:
        return name in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def _has_expired(claims: Mapping[str, object]) -> bool:
    expiry = claims.get("exp")
    return isinstance(expiry, (int, float)) and expiry < time.time()
