// On a telephone the menu covers the page that it leads to, and Streamlit leaves it open: a chosen entry closes it.
// See cdanalysis/ui/shell/menu.py.

const COVERS = window.matchMedia("(max-width: 768px)");

export default function ({ parentElement }) {
  const menu = parentElement.closest(".st-key-page-menu");
  const chosen = ({ target }) => {
    if (COVERS.matches && target.closest("a")) {
      setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click());
    }
  };
  menu?.addEventListener("click", chosen);
  return () => menu?.removeEventListener("click", chosen);
}
