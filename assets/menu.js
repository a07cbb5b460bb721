// On a telephone the menu covers the page that it leads to, and Streamlit leaves it open: a chosen entry closes it.
// Plotly takes the browser a second to take in: done while nothing else is, so that the page chosen next has its figure at once.
// See cdanalysis/ui/shell/menu.py.

const COVERS = window.matchMedia("(max-width: 768px)");

const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 1000)); // Safari has none

export default function ({ parentElement, data }) {
  whenIdle(() => loadPlotly(data));
  const menu = parentElement.closest(".st-key-page-menu");
  const chosen = ({ target }) => {
    if (COVERS.matches && target.closest("a")) {
      setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click());
    }
  };
  menu?.addEventListener("click", chosen);
  return () => menu?.removeEventListener("click", chosen);
}
