"""Sign-in for an intranet, by Streamlit's own OpenID Connect: on where secrets.toml has an [auth] section, else absent."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def is_configured() -> bool:
    """Whether the server's secrets name an identity provider."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def required() -> None:
    """Stop the page until the reader has signed in; a sign-in ends when the provider's token does."""
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
    st.sidebar.button("Sign out", on_click=st.logout, icon=":material/logout:")


def _has_expired(claims: dict[str, object]) -> bool:
    expiry = claims.get("exp")
    return isinstance(expiry, (int, float)) and expiry < time.time()
